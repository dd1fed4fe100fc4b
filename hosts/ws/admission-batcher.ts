/** Works in one group, at most. */
const most = 64;

/**
 * Begins what comes while others are at work together, once they are done: a crowd, as after a restart, then asks in step, and what is
 * asked in step is asked once. Who comes alone begins at once, and nobody waits long for those who are slow.
 */
export class AdmissionBatcher {
  readonly #patienceMs: number;
  readonly #waiting: (() => void)[] = [];
  #number = 0;
  /** Of the newest group, those still at work. */
  #left = 0;
  #patience: NodeJS.Timeout | undefined;

  /** `patienceMs` is the longest wait for the group before. */
  constructor({ patienceMs = 20 }: { readonly patienceMs?: number } = {}) {
    this.#patienceMs = patienceMs;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = Promise.withResolvers<void>();
    this.#waiting.push(turn.resolve);
    if (this.#left === 0) this.#begin();
    await turn.promise;
    const number = this.#number;
    try {
      return await work();
    } finally {
      if (number === this.#number) this.#leave();
    }
  }

  #leave(): void {
    this.#left -= 1;
    if (this.#left === 0) this.#begin();
  }

  /** Whoever waits is the next group, whatever has become of the last one. */
  #begin(): void {
    clearTimeout(this.#patience);
    const group = this.#waiting.splice(0, most);
    this.#number += 1;
    this.#left = group.length;
    if (group.length > 0) this.#patience = setTimeout(() => this.#begin(), this.#patienceMs);
    for (const resolve of group) resolve();
  }
}
