import { setTimeout as delay } from 'node:timers/promises';
import { isContention } from './driver-errors.js';

const attempts = 6;
/** No new attempt after this long: whoever waits for the answer would have given up. */
const patienceMs = 1500;

/** Does the same again, after a short while, when it met a deadlock or a lock that was not granted in time. */
export async function againAfterContention<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + patienceMs;
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isContention(error) || count === attempts || performance.now() > deadline) throw error;
      await delay(Math.random() * 10 * 2 ** count);
    }
  }
}
