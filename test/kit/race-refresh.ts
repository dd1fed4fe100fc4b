import { AuthError } from '../../core/domain/auth-error.js';
import type { ErrorCode } from '../../core/domain/error-code.js';
import { noOrigin } from '../../core/domain/origin.js';
import type { TokenResponse } from '../../core/domain/sessions/token-response.js';
import { RefreshSession, type RefreshSessionPorts } from '../../core/usecases/sessions/refresh-session.js';

/** The result of a race. */
export interface RefreshRace {
  /** The token responses; by the contract of `SessionStore.rotate` all contain the same refresh token. */
  readonly grants: readonly TokenResponse[];
  /** Why the others were refused. */
  readonly refusals: readonly ErrorCode[];
}

/**
 * Presents one refresh token `count` times at once, as an app does whose requests all find their access token expired. Accepts any ports:
 * those of a world, or those of other adapters.
 * @throws an error that is not a refusal: a bug
 */
export async function raceRefresh(
  count: number,
  { ports, refreshToken }: { readonly ports: RefreshSessionPorts; readonly refreshToken: string },
): Promise<RefreshRace> {
  const refresh = new RefreshSession(ports);
  const ends = await Promise.allSettled(Array.from({ length: count }, () => refresh.execute({ refreshToken, origin: noOrigin })));
  return {
    grants: ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])),
    refusals: ends.flatMap((end) => (end.status === 'rejected' ? [codeOf(end.reason)] : [])),
  };
}

function codeOf(reason: unknown): ErrorCode {
  if (reason instanceof AuthError) return reason.code;
  throw reason;
}
