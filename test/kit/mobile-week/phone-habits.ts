import type { Chance } from './chance.js';

type Range = readonly [min: number, max: number];

const secondMs = 1000;
const minuteMs = 60_000;
const hourMs = 3_600_000;

/** Ten of twenty pauses are short, three are a night, one may be longer than the usual idle timeout of a day. */
const short: Range = [minuteMs, 2 * hourMs];
const longer: Range = [2 * hourMs, 8 * hourMs];
const night: Range = [8 * hourMs, 14 * hourMs];
const drawer: Range = [20 * hourMs, 30 * hourMs];
const usePauses: readonly [Range, ...Range[]] = [
  short,
  ...Array.from({ length: 9 }, () => short),
  ...Array.from({ length: 6 }, () => longer),
  ...[night, night, night, drawer],
];
const maxQuickRetries = 5;

/** How people use their phones, in milliseconds and probabilities. */
export class PhoneHabits {
  readonly #chance: Chance;
  #retries = 0;

  constructor({ chance }: { readonly chance: Chance }) {
    this.#chance = chance;
  }

  untilFirstUse(): number {
    return this.#chance.between(0, 2 * hourMs);
  }

  untilNextUse(): number {
    this.#retries = 0;
    return this.#between(this.#chance.pick(usePauses));
  }

  /** Soon, a few times; then the user puts the phone away. */
  untilRetry(): number {
    const isSoon = this.#retries < maxQuickRetries && this.#chance.happens(0.8);
    this.#retries = isSoon ? this.#retries + 1 : 0;
    return this.#between(isSoon ? [secondMs, minuteMs] : [minuteMs, 14 * hourMs]);
  }

  /** An app that was killed is not opened again within half a minute. */
  untilReopened(): number {
    this.#retries = 0;
    return this.#between([30 * secondMs, this.#chance.happens(0.5) ? 5 * minuteMs : 12 * hourMs]);
  }

  untilSignIn(): number {
    this.#retries = 0;
    return this.#between([secondMs, hourMs]);
  }

  /** Number of requests that find their access token expired at once. */
  parallelRefreshes(): number {
    return this.#chance.happens(0.3) ? this.#chance.between(2, 4) : 1;
  }

  signsOut(): boolean {
    return this.#chance.happens(0.01);
  }

  #between([min, max]: Range): number {
    return this.#chance.between(min, max);
  }
}
