import { setTimeout as delay } from 'node:timers/promises';

/** Checks of a format that are remembered. */
const remembered = 100;
/** Checks of one format vary a little, and timers keep to whole milliseconds. */
const margin = 1.1;
const stepMs = 10;
const longestMs = 2000;

/**
 * Makes every refusal take the same time, whatever the stored hash. A check by PBKDF2 takes longer than the Argon2id check for an unknown
 * account, and the difference would show that the account exists. A foreign hash is one that does not cost what new hashes cost. Once this
 * process has checked a foreign hash, it sends no refusal before a check of the slowest format that it has checked would have ended.
 */
export class ResponseTimeEqualizer {
  /** How long the latest checks took, by format; under null for hashes that cost what new hashes cost. */
  readonly #durations = new Map<string | null, number[]>([[null, []]]);

  /** A check of a format took so long. */
  note(format: string | null, ms: number): void {
    const durations = [...(this.#durations.get(format) ?? []), ms];
    this.#durations.set(format, durations.slice(-remembered));
  }

  /** Resolves when a refusal that has already taken `ms` milliseconds may be sent. */
  async hold(ms: number): Promise<void> {
    const waitMs = this.#refusalMs() - ms;
    if (waitMs > 0) await delay(waitMs);
  }

  /** After it refuses a foreign hash, the hasher also checks an Argon2id hash that costs what new hashes cost. */
  #refusalMs(): number {
    const { own, foreign } = this.#usual();
    if (foreign.length === 0) return 0;
    return Math.min(Math.ceil(((Math.max(...foreign) + own) * margin) / stepMs) * stepMs, longestMs);
  }

  #usual(): { readonly own: number; readonly foreign: readonly number[] } {
    const all = [...this.#durations].map(([format, durations]) => ({ format, ms: secondLongest(durations) }));
    const foreign = all.filter(({ format }) => format !== null).map(({ ms }) => ms);
    return { own: all.find(({ format }) => format === null)?.ms ?? 0, foreign };
  }
}

/** So that a single stall of the machine does not count for a hundred checks. */
function secondLongest(durations: readonly number[]): number {
  const [longest = 0, second = longest] = durations.toSorted((a, b) => b - a);
  return second;
}
