import { HmacKeyedDigest } from '../../adapters/node-crypto/hmac-keyed-digest.js';
import { keyedDigestContract } from '../kit/contracts/keyed-digest.contract.js';

describe('The keyed digest', () => {
  keyedDigestContract('node-crypto', (secret) => new HmacKeyedDigest({ secret }));
});
