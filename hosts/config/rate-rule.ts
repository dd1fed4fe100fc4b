import { textSchema, WrongValue } from './text-schema.js';

/** At most `limit` in any stretch of `windowSeconds`. */
export interface RateRule {
  readonly limit: number;
  readonly windowSeconds: number;
}

const MAX_LIMIT = 1_000_000_000;
const MAX_SECONDS = 86_400;

/** `requests/seconds`. */
export const rateRule = textSchema((text): RateRule => {
  const [, limit, windowSeconds] = (/^(\d{1,10})\s*\/\s*(\d{1,5})$/.exec(text) ?? []).map(Number);
  if (limit === undefined || windowSeconds === undefined || !isWithin(limit, MAX_LIMIT) || !isWithin(windowSeconds, MAX_SECONDS)) {
    throw new WrongValue(`wants requests/seconds, such as 5/60, from 1/1 to ${MAX_LIMIT}/${MAX_SECONDS}`);
  }
  return { limit, windowSeconds };
});

/** The rule as it is written in the environment. */
export function showRateRule({ limit, windowSeconds }: RateRule): string {
  return `${limit}/${windowSeconds}`;
}

function isWithin(value: number, max: number): boolean {
  return value >= 1 && value <= max;
}
