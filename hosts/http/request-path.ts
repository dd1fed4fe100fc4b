import type { IncomingMessage } from 'node:http';

/** The path of a request, without its query. The request target may be a whole URL (RFC 9112 §3.2.2). */
export const requestPath = ({ url = '/' }: Pick<IncomingMessage, 'url'>): string =>
  url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/';
