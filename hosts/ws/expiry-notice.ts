import type { Instant } from '../../core/domain/instant.js';
import type { Random } from '../../core/ports/random.js';
import type { WsLimits } from './ws-limits.js';

const range = 2 ** 32;

/**
 * When to announce the end of a token: drawn anew for each token, evenly, since the tokens of many sockets may end at one moment, as after
 * a start, and their renewals are requests. An instant that has passed means at once.
 */
export function expiryNoticeAt(
  expiresAt: Instant,
  random: Random,
  { expiryNoticeMinMs: min, expiryNoticeMaxMs: max }: Pick<WsLimits, 'expiryNoticeMinMs' | 'expiryNoticeMaxMs'>,
): Instant {
  const drawn = random.bytes(4).reduce((number, byte) => number * 256 + byte, 0);
  return expiresAt - max + Math.floor((drawn / range) * (max - min));
}
