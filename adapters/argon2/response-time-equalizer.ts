import { setTimeout as delay } from 'node:timers/promises';

/** Checks of a format that are remembered. */
const remembered = 100;
/** Checks of one format vary a little, and timers keep to whole milliseconds. */
const margin = 1.1;
const stepMs = 10;
const longestMs = 2000;

/**
 * Lets every refusal take the same time, whatever the stored hash: a password is refused later by PBKDF2 than by an Argon2id of nobody,
 * and that would tell that there is an account. Once this process has checked a foreign hash, no refusal is told before the slowest of
 * the formats that it has met would be through.
 */
export class ResponseTimeEqualizer {
  /** How long the latest checks took, by format; under null for those that cost what ours do. */
  readonly #durations = new Map<string | null, number[]>([[null, []]]);

  /** A check of a format took so long. */
  note(format: string | null, ms: number): void {
    const durations = [...(this.#durations.get(format) ?? []), ms];
    this.#durations.set(format, durations.slice(-remembered));
  }

  /** Resolves when a refusal may be told that took so long already. */
  async hold(ms: number): Promise<void> {
    const waitMs = this.#refusalMs() - ms;
    if (waitMs > 0) await delay(waitMs);
  }

  /** A refused check of a foreign hash is followed by one of ours. */
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
