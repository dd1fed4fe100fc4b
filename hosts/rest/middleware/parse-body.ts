import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import express, { type RequestHandler } from 'express';
import { AuthError } from '../../../core/domain/auth-error.js';
import { HttpRefusal } from '../../http/http-refusal.js';
import { nestingFault } from './nesting-fault.js';

const kibibyte = 1024;
/** The host does not read a body whose declared length is greater than this: it sends the response and closes the connection. */
const hopelessBytes = 1024 * kibibyte;

/** Reads a JSON object in UTF-8 into `request.body`. A request without a body passes: the action says what it misses. */
export function parseBody(): RequestHandler {
  const small = jsonParser(16 * kibibyte);
  const large = jsonParser(100 * kibibyte);
  return (request, response, next) => {
    if (!hasBody(request)) return next();
    if (!isJson(request.headers['content-type'])) throw new HttpRefusal('unsupported_media_type');
    if (Number(request.headers['content-length']) > hopelessBytes) {
      response.setHeader('Connection', 'close');
      throw new AuthError('payload_too_large');
    }
    const parse = request.context.path.startsWith('/auth/') ? small : large;
    return parse(request, response, (error?: unknown) => next(error === undefined ? faultOf(request.body) : refusalOf(error)));
  };
}

/** Compressed bodies are not taken: nothing this small gains by it. */
function jsonParser(limit: number): RequestHandler {
  return express.json({
    limit,
    inflate: false,
    type: () => true,
    verify: (_request, _response, bytes) => {
      if (!isUtf8(bytes)) throw new HttpRefusal('malformed_body');
    },
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** RFC 8259 §8.1: JSON on the wire is UTF-8. */
function isJson(contentType = ''): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charsets = parameters.map((parameter) => parameter.trim()).filter((parameter) => parameter.startsWith('charset='));
  return type.trim() === 'application/json' && charsets.every((charset) => /^charset="?utf-8"?$/.test(charset));
}

function faultOf(body: unknown): Error | undefined {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject ? nestingFault(body) : new HttpRefusal('malformed_body');
}

/** What the parser says may quote the body: it is dropped. */
function refusalOf(error: unknown): AuthError | HttpRefusal {
  const { status } = error as { status?: unknown };
  if (status === 413) return new AuthError('payload_too_large');
  return new HttpRefusal(status === 415 ? 'unsupported_media_type' : 'malformed_body');
}
