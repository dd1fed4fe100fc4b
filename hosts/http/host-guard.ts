import type { IncomingMessage } from 'node:http';
import type { Logger } from '../../core/ports/operations/logger.js';
import { isLoopback, parseAddress } from './client-address.js';
import { trustedPeerMatcher } from './trusted-peer.js';

export interface HostGuardParts {
  readonly logger: Pick<Logger, 'warn'>;
  readonly trustProxy: readonly string[];
}

/** Returns why the host of a request is refused; null if it is served. */
export type JudgeHost = (request: IncomingMessage) => 'forbidden' | 'malformed_request' | null;

/**
 * Checks the host of a request, before any other processing. On a loopback address only loopback names are served: a page of another site
 * whose name resolves to 127.0.0.1 (DNS rebinding) has the same origin as this service, and its requests differ from local ones only by
 * this name. Trusted proxies pass the public name on; for a proxy on this machine that `TRUST_PROXY` does not contain, it logs a warning
 * once. A request must have exactly one well-formed `Host`, except in HTTP/1.0 (RFC 9112 §3.2), and at most one `Content-Type`: with two,
 * each recipient may use another one (RFC 9110 §5.3).
 */
export function hostGuard({ logger, trustProxy }: HostGuardParts): JudgeHost {
  const isTrusted = trustedPeerMatcher(trustProxy);
  let isWarned = false;
  return (request) => {
    const [host, ...others] = fieldsOf(request, 'host');
    if (others.length > 0 || (host === undefined && request.httpVersion !== '1.0')) return 'malformed_request';
    if (fieldsOf(request, 'content-type').length > 1) return 'malformed_request';
    if (!isLoopback(parseAddress(request.socket.localAddress ?? '')) || isTrusted(request)) {
      return isHost(host ?? '') ? null : 'malformed_request';
    }
    if (isLoopbackName(host ?? 'localhost') && isLoopbackName(authorityOf(request) ?? 'localhost')) return null;
    if (!isWarned) {
      isWarned = true;
      logger.warn('refused a request on a loopback address for another host: a reverse proxy on this machine must be named in TRUST_PROXY');
    }
    return 'forbidden';
  };
}

/**
 * Reads `rawHeaders`, because `headers` keeps only one of several, and `headersDistinct` sorts all headers of the request first, at a cost
 * for each request.
 */
function fieldsOf({ rawHeaders }: IncomingMessage, name: 'host' | 'content-type'): readonly string[] {
  const fields: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const found = rawHeaders[index] ?? '';
    if (found.length === name.length && found.toLowerCase() === name) fields.push(rawHeaders[index + 1] ?? '');
  }
  return fields;
}

/** RFC 9110 §7.2: a host of RFC 3986 §3.2.2 with an optional port; empty where the target has no authority. */
const isHost = (field: string): boolean => /^(?:[\w.~!$&'()*+,;=%-]*|\[[\w:.~%-]+\])(?::\d*)?$/.test(field);

/** The authority of a request target in absolute form (RFC 9112 §3.2.2), which takes precedence over `Host`. */
const authorityOf = ({ url = '' }: IncomingMessage): string | null =>
  url.startsWith('/') ? null : (/^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? null);

/** `10.0.2.2` is the host's loopback in the Android emulator. It is an address, so that DNS rebinding cannot use it. */
const isLoopbackName = (host: string): boolean =>
  /^(?:(?:[a-z\d_-]+\.)*localhost|127(?:\.\d{1,3}){3}|10\.0\.2\.2|\[::1\])(?::\d*)?$/i.test(host);
