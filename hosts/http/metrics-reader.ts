import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AuthError } from '../../core/domain/auth-error.js';
import { bearerTokenOf } from './bearer-token.js';
import { clientAddressFinder, isLoopback, parseAddress } from './client-address.js';
import { isForwarded } from './forwarding-fields.js';
import { trustedPeerMatcher } from './trusted-peer.js';

export interface MetricsReaderSettings {
  /** The bearer token that `/metrics` requires; null: only loopback clients may read it. */
  readonly metricsToken: string | null;
  readonly trustProxy: readonly string[];
}

/**
 * Checks whether a request may read the metrics: with the token; where none is configured, from a client on this machine.
 * @throws AuthError `token_missing`, `token_invalid`, `forbidden`
 */
export type AdmitMetricsReader = (request: IncomingMessage) => void;

export function metricsReader({ metricsToken, trustProxy }: MetricsReaderSettings): AdmitMetricsReader {
  return metricsToken === null ? loopbackReader(trustProxy) : tokenReader(metricsToken);
}

/**
 * Both the socket peer and the forwarded client must be loopback. Requests that a local proxy forwards are refused where `TRUST_PROXY` does
 * not contain the proxy, which would otherwise count as a local client. They are also refused where a trusted proxy sends no
 * `X-Forwarded-For`, since the client is unknown.
 */
function loopbackReader(trustProxy: readonly string[]): AdmitMetricsReader {
  const findClientAddress = clientAddressFinder(trustProxy);
  const isTrusted = trustedPeerMatcher(trustProxy);
  const isClientKnown = (request: IncomingMessage) =>
    !isForwarded(request.headers) || (isTrusted(request) && request.headers['x-forwarded-for'] !== undefined);
  return (request) => {
    const isLocal = isLoopback(parseAddress(request.socket.remoteAddress ?? '')) && isLoopback(findClientAddress(request));
    if (!isLocal || !isClientKnown(request)) throw new AuthError('forbidden');
  };
}

function tokenReader(expected: string): AdmitMetricsReader {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expectedDigest = digest(expected);
  return (request) => {
    const token = bearerTokenOf(request);
    if (token === null) throw new AuthError('token_missing');
    if (!timingSafeEqual(digest(token), expectedDigest)) throw new AuthError('token_invalid');
  };
}
