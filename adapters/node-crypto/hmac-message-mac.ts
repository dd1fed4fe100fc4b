import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { MessageMac, MessagePurpose } from '../../core/ports/message-mac.js';
import { deriveKey } from './derive-key.js';

export interface HmacMessageMacOptions {
  /** The secret under which MACs are computed. */
  readonly current: string;
  /** Earlier secrets: MACs that were computed under them still verify. */
  readonly previous: readonly string[];
}

type Keys = Readonly<Record<MessagePurpose, KeyObject>>;

const macBytes = 16;

/** HMAC-SHA-256, truncated to 128 bits, under one key per purpose. */
export class HmacMessageMac implements MessageMac {
  readonly #current: Keys;
  readonly #all: readonly Keys[];

  constructor({ current, previous }: HmacMessageMacOptions) {
    this.#current = keysOf(current);
    this.#all = [this.#current, ...previous.map(keysOf)];
  }

  compute(purpose: MessagePurpose, text: string): string {
    return macOf(this.#current[purpose], text);
  }

  /** Compares spellings, not bytes: the last character of 128 bits in base64url has several spellings. */
  verify(purpose: MessagePurpose, text: string, mac: string): boolean {
    const presented = Buffer.from(mac);
    return this.#all.some((keys) => {
      const expected = Buffer.from(macOf(keys[purpose], text));
      return presented.length === expected.length && timingSafeEqual(presented, expected);
    });
  }
}

function keysOf(secret: string): Keys {
  const key = (purpose: MessagePurpose) => createSecretKey(deriveKey({ secret, purpose: `message-mac/${purpose}` }));
  return { revocation: key('revocation'), event: key('event'), ticket: key('ticket') };
}

const macOf = (key: KeyObject, text: string): string =>
  createHmac('sha256', key).update(text, 'utf8').digest().subarray(0, macBytes).toString('base64url');
