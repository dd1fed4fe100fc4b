import type { IncomingMessage } from 'node:http';
import { hex } from '../../core/domain/hex.js';
import type { Random } from '../../core/ports/random.js';
import { trustedPeerMatcher } from './trusted-peer.js';

/** A trusted proxy may choose an id of this form: it stands in logs and rows. */
const plainId = /^[A-Za-z0-9._-]{1,64}$/;

export interface RequestIdParts {
  readonly random: Random;
  readonly trustProxy: readonly string[];
}

/**
 * Returns the id of a request: the `X-Request-Id` of a trusted proxy, else a new one. An id that any client may choose would let it hide
 * behind the log lines and audit rows of another request.
 */
export function requestIdFinder({ random, trustProxy }: RequestIdParts): (request: IncomingMessage) => string {
  const isTrusted = trustedPeerMatcher(trustProxy);
  return (request) => {
    const sent = request.headers['x-request-id'];
    return typeof sent === 'string' && plainId.test(sent) && isTrusted(request) ? sent : hex(random.bytes(16));
  };
}
