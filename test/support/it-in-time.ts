import type { Test } from 'mocha';

/** A test of how long something takes at most. A busy machine only ever makes it slower: the best of three attempts counts. */
export function itInTime(title: string, test: () => Promise<void> | void): Test {
  const made = it(title, test);
  made.retries(2);
  return made;
}
