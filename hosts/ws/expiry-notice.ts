import type { Instant } from '../../core/domain/instant.js';
import type { Random } from '../../core/ports/random.js';
import type { WsLimits } from './ws-limits.js';

const range = 2 ** 32;

/**
 * Returns when to send the notice about the expiry of a token: a random instant for each token, evenly distributed. The tokens of many
 * sockets may expire at the same time, as after a start, and each renewal is a request. An instant in the past means at once.
 */
export function expiryNoticeAt(
  expiresAt: Instant,
  random: Random,
  { expiryNoticeMinMs: min, expiryNoticeMaxMs: max }: Pick<WsLimits, 'expiryNoticeMinMs' | 'expiryNoticeMaxMs'>,
): Instant {
  const drawn = random.bytes(4).reduce((number, byte) => number * 256 + byte, 0);
  return expiresAt - max + Math.floor((drawn / range) * (max - min));
}
