import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { jwtVerify, SignJWT } from 'jose';
import { issuedAtLeewaySeconds, JoseTokenIssuer, leewaySeconds } from '../../../adapters/jose/jose-token-issuer.js';
import { VerifiedTokens } from '../../../adapters/jose/verified-tokens.js';
import { userId } from '../../../core/domain/ids.js';
import type { AccessClaims } from '../../../core/ports/sessions/token-issuer.js';
import { newSessionId, rejection } from '../../kit/contracts/support/samples.js';
import { liveHeapGrowth } from '../../support/live-heap.js';

describe('jose', () => {
  const key = randomBytes(32);
  const issuer = new JoseTokenIssuer({ keys: { current: key, previous: [] }, maxLifetimeSeconds: 900 });
  let now: number;
  let claims: AccessClaims;
  // jose judges by its own clock: a token of when this file was loaded would be too old by the time that a long run comes here
  beforeEach(() => {
    now = Math.floor(Date.now() / 1000) * 1000;
    claims = { userId: userId(7), sessionId: newSessionId(), tokenId: 'token-1', issuedAt: now, expiresAt: now + 60_000 };
  });
  const strict = {
    algorithms: ['HS256'],
    typ: 'at+jwt',
    issuer: 'move-acces',
    audience: 'move-acces',
    requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
  };

  it('issues tokens that jose verifies, and rejects tokens that jose signs in any other way', async () => {
    const token = await issuer.issue(claims);
    const { payload, protectedHeader } = await jwtVerify(token, key, strict);
    expect(payload).to.include({ sub: '7', sid: claims.sessionId, exp: now / 1000 + 60 });
    const kid = protectedHeader.kid ?? '';
    const signed = (header: { alg: string; typ?: string; kid?: string }, by = key) =>
      new SignJWT(payload).setProtectedHeader(header).sign(by);
    const verdict = async (text: string) => (await issuer.verify(text, now)).kind;
    expect(await verdict(await signed({ alg: 'HS256', typ: 'at+jwt', kid }))).to.equal('valid');
    expect(await verdict(await signed({ alg: 'HS384', typ: 'at+jwt', kid }, randomBytes(48)))).to.equal('invalid');
    expect(await verdict(await signed({ alg: 'HS512', typ: 'at+jwt', kid }, Buffer.concat([key, key])))).to.equal('invalid');
    expect(await verdict(await signed({ alg: 'HS256', typ: 'JWT', kid }))).to.equal('invalid');
    expect(await verdict(await signed({ alg: 'HS256', typ: 'at+jwt' }))).to.equal('invalid');
    expect(await verdict(await signed({ alg: 'HS256', typ: 'at+jwt', kid }, randomBytes(32)))).to.equal('invalid');
    expect(await rejection(jwtVerify(token, randomBytes(32), strict))).to.be.instanceOf(Error);
  });

  it('names its key without revealing anything about it', async () => {
    const kidOf = async (each: Uint8Array) => {
      const token = await new JoseTokenIssuer({ keys: { current: each, previous: [] }, maxLifetimeSeconds: 900 }).issue(claims);
      return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid as string;
    };
    const kid = await kidOf(key);
    expect(kid)
      .to.match(/^[\w-]{11}$/)
      .and.equal(await kidOf(key))
      .and.not.equal(await kidOf(randomBytes(32)));
    expect(key.toString('base64url')).not.to.include(kid.slice(0, 4));
  });

  it('accepts a token within the leeway after its expiry, and not a second longer', async () => {
    const token = await issuer.issue(claims);
    const end = claims.expiresAt + leewaySeconds * 1000;
    expect(leewaySeconds).to.be.at.most(30);
    expect((await issuer.verify(token, end - 1)).kind).to.equal('valid');
    expect((await issuer.verify(token, end)).kind).to.equal('expired');
  });

  it('takes a token from a clock that is a minute ahead, and not from one that is further', async () => {
    const issuedAt = now + issuedAtLeewaySeconds * 1000;
    const token = await issuer.issue({ ...claims, issuedAt, expiresAt: issuedAt + 60_000 });
    expect(issuedAtLeewaySeconds).to.be.at.most(60);
    expect((await issuer.verify(token, now)).kind).to.equal('valid');
    expect((await issuer.verify(token, now - 1)).kind).to.equal('expired');
  });

  it('does not parse a text that is longer than any token of this product', async () => {
    const token = await issuer.issue({ ...claims, userId: userId('x'.repeat(255)) });
    expect(token.length).to.be.lessThan(1024);
    const long = await issuer.issue({ ...claims, userId: userId('x'.repeat(3000)) });
    expect((await issuer.verify(long, now)).kind).to.equal('invalid');
  });

  it('takes no key that is shorter than the hash', () => {
    const keys = { current: new Uint8Array(31), previous: [] };
    expect(() => new JoseTokenIssuer({ keys, maxLifetimeSeconds: 900 })).to.throw(RangeError);
  });

  it('remembers a bounded number of tokens, the youngest', () => {
    const tokens = new VerifiedTokens({ maxBytes: 2500 });
    for (const token of ['a', 'b', 'c', 'd']) tokens.add(token, claims);
    expect(tokens.size).to.equal(3);
    expect([tokens.get('a'), tokens.get('b')]).to.deep.equal([null, claims]);
    tokens.delete('b');
    expect(tokens.get('b')).to.equal(null);
  });

  it('limits the memory for verified tokens, whatever their length', async () => {
    const maxBytes = 2 * 2 ** 20;
    const tokens = new VerifiedTokens({ maxBytes });
    const { peakMib } = await liveHeapGrowth(async () => {
      for (let number = 0; number < 20_000; number++) {
        const token = randomBytes(number % 2 === 0 ? 300 : 3000).toString('base64url');
        tokens.add(token, { ...claims, sessionId: newSessionId(), tokenId: `token-${number}` });
      }
      await delay(500);
    });
    expect(tokens.bytes).to.be.within(maxBytes - 5000, maxBytes);
    for (let count = 0; count < 3; count++) tokens.add('the same', claims);
    tokens.delete('the same');
    tokens.delete('unknown');
    expect(tokens.bytes).to.be.within(maxBytes - 10_000, maxBytes);
    expect(peakMib).to.be.at.most(3);
  });
});
