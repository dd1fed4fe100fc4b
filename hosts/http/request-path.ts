import type { IncomingMessage } from 'node:http';

/** The path that a request names, without its query. The request target may name the whole address (RFC 9112 §3.2.2). */
export const requestPath = ({ url = '/' }: Pick<IncomingMessage, 'url'>): string =>
  url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/';
