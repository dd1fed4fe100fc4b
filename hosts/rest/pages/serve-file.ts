import type { RequestHandler } from 'express';
import { noAddress } from '../../http/no-address.js';
import type { FileBudget } from './file-budget.js';
import type { StaticFile } from './static-file.js';

export type ServeFile = (file: StaticFile) => RequestHandler;

/**
 * Sends a file, as long as the budget of the client's address lasts: 304 where the client has it, compressed where the client accepts that.
 */
export function fileServer(budget: FileBudget): ServeFile {
  return (file) => async (request, response) => {
    const { contentType, maxAgeSeconds, headers = {} } = file.options;
    const compressed = request.acceptsEncodings(['gzip', 'identity']) === 'gzip' ? await file.compressed() : null;
    const { bytes, etag } = file.content;
    const body = compressed ?? bytes;
    response.setHeader('ETag', etag);
    const isBodySent = request.method === 'GET' && !request.fresh;
    budget.spend(request.context.ip ?? noAddress, isBodySent ? body.length : 0);
    response.vary('Accept-Encoding');
    response.setHeader('Cache-Control', `public, max-age=${maxAgeSeconds}`);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.fresh) return void response.status(304).end();
    response.setHeader('Content-Type', contentType);
    if (compressed !== null) response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Content-Length', body.length);
    response.end(isBodySent ? body : undefined);
  };
}
