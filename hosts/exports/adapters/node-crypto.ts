/** Digests, keys, refresh tokens and randomness, with Node.js's own functions. */
import '../../config/require-node.js';

export * from '../../../adapters/node-crypto/derive-key.js';
export * from '../../../adapters/node-crypto/hmac-keyed-digest.js';
export * from '../../../adapters/node-crypto/hmac-message-mac.js';
export * from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
export * from '../../../adapters/node-crypto/node-digest.js';
export * from '../../../adapters/node-crypto/node-random.js';
