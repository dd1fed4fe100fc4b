import type { IncomingMessage } from 'node:http';
import { hex } from '../../core/domain/hex.js';
import type { Random } from '../../core/ports/random.js';
import { trustedPeerMatcher } from './trusted-peer.js';

/** The form of an id that a trusted proxy may choose, because ids appear in log lines and rows. */
const plainId = /^[A-Za-z0-9._-]{1,64}$/;

export interface RequestIdParts {
  readonly random: Random;
  readonly trustProxy: readonly string[];
}

/**
 * Returns the id of a request: the `X-Request-Id` of a trusted proxy, otherwise a new one. If any client could choose an id, it could hide
 * behind the log lines and audit rows of another request.
 */
export function requestIdFinder({ random, trustProxy }: RequestIdParts): (request: IncomingMessage) => string {
  const isTrusted = trustedPeerMatcher(trustProxy);
  return (request) => {
    const sent = request.headers['x-request-id'];
    return typeof sent === 'string' && plainId.test(sent) && isTrusted(request) ? sent : hex(random.bytes(16));
  };
}
