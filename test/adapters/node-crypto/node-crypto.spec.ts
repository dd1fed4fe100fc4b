import { expect } from 'chai';
import { deriveKey } from '../../../adapters/node-crypto/derive-key.js';
import { HmacKeyedDigest } from '../../../adapters/node-crypto/hmac-keyed-digest.js';
import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import { sessionIdFrom } from '../../../core/domain/ids.js';

describe('node-crypto', () => {
  const secret = 'a-secret-of-the-application-0123456789';

  it('derives unrelated keys of 32 bytes for each purpose and each secret', () => {
    const purposes = ['access-token', 'refresh-token', 'keyed-digest/address', 'keyed-digest/profile'] as const;
    const keys = [secret, `${secret}x`].flatMap((each) =>
      purposes.map((purpose) => Buffer.from(deriveKey({ secret: each, purpose })).toString('hex')),
    );
    expect(new Set(keys).size).to.equal(8);
    for (const key of keys) expect(key).to.have.length(64);
  });

  // What is in the hands of apps must be understood by the next version too.
  it('still opens the tokens and finds the digests of earlier versions', () => {
    const sessionId = sessionIdFrom(1_780_000_000_000, new Uint8Array(10).fill(7));
    const codec = new HmacRefreshTokenCodec({ current: secret, previous: [] });
    expect(codec.open('mar1_AZ5wRIgAcHCwcAcHBwcHBwAAAAAAAzd0EaB3XsvoCapPlI4DxpyZ-q-F')).to.deep.equal({ sessionId, counter: 3 });
    expect(new HmacKeyedDigest({ secret }).digest('address', 'ann@example.org')).to.equal('dfce4270dec5137ac0db8a257a7cae3c');
  });
});
