import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { parseSessionId, type SessionId } from '../../core/domain/ids.js';
import type { RefreshTokenCodec, RefreshTokenPayload } from '../../core/ports/sessions/refresh-token-codec.js';
import { deriveKey } from './derive-key.js';

export interface HmacRefreshTokenCodecOptions {
  /** The secret that seals new tokens. */
  readonly current: string;
  /** Earlier secrets: tokens that they sealed still open. */
  readonly previous: readonly string[];
}

const version = 'mar1_';
const idBytes = 16;
const counterBytes = 6;
const macBytes = 20;
/** 42 bytes fill their base64url to the last bit, so that a token has only one spelling. */
const shape = new RegExp(`^${version}[A-Za-z0-9_-]{${((idBytes + counterBytes + macBytes) / 3) * 4}}$`);

/**
 * The format is `mar1_` and the base64url (RFC 4648 §5) of: session id (16 bytes), counter (6 bytes, big endian), HMAC-SHA-256 truncated to
 * 160 bits over the version and those 22 bytes.
 */
export class HmacRefreshTokenCodec implements RefreshTokenCodec {
  readonly #current: KeyObject;
  readonly #keys: readonly KeyObject[];

  constructor({ current, previous }: HmacRefreshTokenCodecOptions) {
    const key = (secret: string) => createSecretKey(deriveKey({ secret, purpose: 'refresh-token' }));
    this.#current = key(current);
    this.#keys = [this.#current, ...previous.map(key)];
  }

  seal(ticket: RefreshTokenPayload): string {
    const body = bodyOf(ticket);
    return version + Buffer.concat([body, mac(this.#current, body)]).toString('base64url');
  }

  open(token: string): RefreshTokenPayload | null {
    if (!shape.test(token)) return null;
    const bytes = Buffer.from(token.slice(version.length), 'base64url');
    const body = bytes.subarray(0, idBytes + counterBytes);
    const seal = bytes.subarray(idBytes + counterBytes);
    const isOurs = this.#keys.some((key) => timingSafeEqual(mac(key, body), seal));
    return isOurs ? ticketOf(body) : null;
  }
}

const mac = (key: KeyObject, body: Uint8Array): Buffer =>
  createHmac('sha256', key).update(version).update(body).digest().subarray(0, macBytes);

function bodyOf({ sessionId, counter }: RefreshTokenPayload): Buffer {
  if (parseSessionId(sessionId) === null || !Number.isSafeInteger(counter)) {
    throw new RangeError('a refresh token needs a session id and a whole number');
  }
  const body = Buffer.alloc(idBytes + counterBytes);
  body.write(sessionId.replaceAll('-', ''), 'hex');
  body.writeUIntBE(counter, idBytes, counterBytes); // throws a RangeError for a number that does not fit
  return body;
}

function ticketOf(body: Buffer): RefreshTokenPayload | null {
  const hex = body.toString('hex', 0, idBytes);
  const sessionId: SessionId | null = parseSessionId(hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
  return sessionId === null ? null : { sessionId, counter: body.readUIntBE(idBytes, counterBytes) };
}
