/** Digests, keys, refresh tokens and randomness, by what Node has. */
import '../../config/require-node.js';

export * from '../../../adapters/node-crypto/derive-key.js';
export * from '../../../adapters/node-crypto/hmac-keyed-digest.js';
export * from '../../../adapters/node-crypto/hmac-message-mac.js';
export * from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
export * from '../../../adapters/node-crypto/node-digest.js';
export * from '../../../adapters/node-crypto/node-random.js';
