import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { KeyedDigest } from '../../core/ports/keyed-digest.js';
import { deriveKey } from './derive-key.js';

type Purpose = Parameters<KeyedDigest['digest']>[0];

/** HMAC-SHA-256, truncated to 128 bits, under one key per purpose. */
export class HmacKeyedDigest implements KeyedDigest {
  readonly #keys: Readonly<Record<Purpose, KeyObject>>;

  constructor({ secret }: { readonly secret: string }) {
    const key = (purpose: Purpose) => createSecretKey(deriveKey({ secret, purpose: `keyed-digest/${purpose}` }));
    this.#keys = { address: key('address'), profile: key('profile'), demo: key('demo') };
  }

  digest(purpose: Purpose, text: string): string {
    return createHmac('sha256', this.#keys[purpose]).update(text, 'utf8').digest('hex').slice(0, 32);
  }
}
