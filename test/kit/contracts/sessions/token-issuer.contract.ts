import { createHmac, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { userId } from '../../../../core/domain/ids.js';
import type { AccessClaims, TokenIssuer } from '../../../../core/ports/sessions/token-issuer.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { newSessionId, t0 } from '../support/samples.js';

/** Keys as bytes: the first signs, the others still verify. `maxLifetimeSeconds` is the max accepted lifetime. */
export type OpenIssuer = (options: {
  readonly current: Uint8Array;
  readonly previous: readonly Uint8Array[];
  readonly maxLifetimeSeconds: number;
}) => TokenIssuer;

type Json = Record<string, unknown>;

const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const decode = (segment = ''): Json => JSON.parse(Buffer.from(segment, 'base64url').toString());

/** A token made by hand, correctly signed unless `hash` or `key` differ. */
function handMade(header: unknown, payload: unknown, key: Uint8Array, hash = 'sha256'): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
}

/** The contract of every `TokenIssuer`. */
export function tokenIssuerContract(name: string, open: OpenIssuer, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as an issuer of access tokens`, () => {
    const key = randomBytes(32);
    const maxLifetimeSeconds = 900;
    const issuer = open({ current: key, previous: [], maxLifetimeSeconds });
    const now = Math.floor(t0 / 1000) * 1000;
    const claims: AccessClaims = {
      userId: userId('42'),
      sessionId: newSessionId(),
      tokenId: 'token-1',
      issuedAt: now,
      expiresAt: now + 900_000,
    };
    const verdictOf = (token: string, at = now) => issuer.verify(token, at);
    const parts = async () => {
      const token = await issuer.issue(claims);
      const [header, payload] = token.split('.');
      return { token, header: decode(header), payload: decode(payload) };
    };

    it('issues a JWT of type at+jwt, signed by HS256 under a named key, with the claims of RFC 9068', async () => {
      const { token, header, payload } = await parts();
      expect(token).to.match(/^[\w-]+\.[\w-]+\.[\w-]{43}$/);
      expect(header).to.have.all.keys('alg', 'typ', 'kid').and.include({ alg: 'HS256', typ: 'at+jwt' });
      const times = { iat: now / 1000, exp: now / 1000 + 900 };
      expect(payload).to.deep.equal({ iss: 'move-acces', aud: 'move-acces', sub: '42', sid: claims.sessionId, jti: 'token-1', ...times });
    });

    it('verifies the tokens that it issued, any number of times', async () => {
      const { token } = await parts();
      for (const at of [now, now + 1, now + 899_999]) expect(await verdictOf(token, at)).to.deep.equal({ kind: 'valid', claims });
    });

    it('takes any user id, and cuts instants to whole seconds', async () => {
      for (const id of ['0', 'é', '018f-uuid', 'a.b', '"', 'x'.repeat(255)]) {
        const token = await issuer.issue({ ...claims, userId: userId(id), issuedAt: now + 999, expiresAt: now + 900_999 });
        expect(await verdictOf(token)).to.deep.equal({ kind: 'valid', claims: { ...claims, userId: userId(id) } });
      }
    });

    it('reports that a token has expired, at most 30 s late, also a token that it verified before', async () => {
      const { token } = await parts();
      expect((await verdictOf(token, now)).kind).to.equal('valid');
      expect((await verdictOf(token, now + 930_000)).kind).to.equal('expired');
      expect((await verdictOf(token, now + 10_000_000)).kind).to.equal('expired');
      expect((await verdictOf(token, now)).kind).to.equal('valid');
    });

    it('counts a token whose life is longer than the configured one as expired, so that its client refreshes it', async () => {
      const before = open({ current: key, previous: [], maxLifetimeSeconds: 3600 });
      const longLived = { ...claims, expiresAt: now + 3_600_000 };
      const token = await before.issue(longLived);
      expect(await before.verify(token, now)).to.deep.equal({ kind: 'valid', claims: longLived });
      for (const at of [now, now + 1000, now + 1000, now + 1_000_000])
        expect(await verdictOf(token, at)).to.deep.equal({ kind: 'expired' });
      const { header, payload } = await parts();
      for (const [life, kind] of [
        [900, 'valid'],
        [901, 'expired'],
        [10 ** 9, 'expired'],
      ] as const) {
        const handed = handMade(header, { ...payload, exp: now / 1000 + life }, key);
        expect((await verdictOf(handed)).kind, `${life} s`).to.equal(kind);
      }
    });

    it('takes no token that was issued in the future, also one that it verified before: its client refreshes it, and stays signed in', async () => {
      const { token } = await parts();
      expect((await verdictOf(token)).kind).to.equal('valid');
      // a clock that was set back is no reason to sign a phone out
      expect((await verdictOf(token, now - 61_000)).kind).to.equal('expired');
      expect((await verdictOf(token)).kind).to.equal('valid');
      const { header, payload } = await parts();
      for (const ahead of [61, 3600, 10 ** 9]) {
        const handed = handMade(header, { ...payload, iat: now / 1000 + ahead, exp: now / 1000 + ahead + 60 }, key);
        expect((await verdictOf(handed)).kind, `${ahead} s ahead`).to.equal('expired');
      }
    });

    it('accepts a correctly signed token made by hand: the refusals below have their own reasons', async () => {
      const { header, payload } = await parts();
      expect((await verdictOf(handMade(header, payload, key))).kind).to.equal('valid');
    });

    it('accepts no other algorithm, type or key', async () => {
      const { header, payload } = await parts();
      const { kid, ...withoutKid } = header;
      const { typ, ...withoutTyp } = header;
      const { alg, ...withoutAlg } = header;
      expect([kid, typ, alg]).not.to.include(undefined);
      const headers: unknown[] = [withoutKid, withoutTyp, withoutAlg, null, [], 'x', '{"alg":"HS256"', {}];
      for (const other of ['none', 'None', '', 'HS512', 'RS256', 'hs256', ['HS256'], null]) headers.push({ ...header, alg: other });
      for (const other of ['JWT', 'at+jwt ', 'rt+jwt', '', null, ['at+jwt']]) headers.push({ ...header, typ: other });
      for (const other of ['', 'other', '__proto__', 'constructor', null, 1, '../../etc/passwd']) headers.push({ ...header, kid: other });
      headers.push({ ...header, crit: ['exp'] }, { ...header, crit: [], b64: false });
      for (const each of headers) expect((await verdictOf(handMade(each, payload, key))).kind, JSON.stringify(each)).to.equal('invalid');
      expect((await verdictOf(handMade({ ...header, alg: 'HS512' }, payload, key, 'sha512'))).kind).to.equal('invalid');
      expect((await verdictOf(`${encode({ ...header, alg: 'none' })}.${encode(payload)}.`)).kind).to.equal('invalid');
    });

    it('accepts no foreign key, be it under our name, and no empty one', async () => {
      const { header, payload } = await parts();
      for (const foreign of [randomBytes(32), new Uint8Array(32), Buffer.from(''), Buffer.from(String(header.kid))]) {
        expect((await verdictOf(handMade(header, payload, foreign))).kind).to.equal('invalid');
      }
      const stranger = open({ current: randomBytes(32), previous: [], maxLifetimeSeconds });
      expect((await verdictOf(await stranger.issue(claims))).kind).to.equal('invalid');
    });

    it('accepts no token without each of its claims, or with a claim that it would not write', async () => {
      const { header, payload } = await parts();
      const odd: Json[] = ['iss', 'aud', 'sub', 'sid', 'jti', 'iat', 'exp'].map((claim) => ({ ...payload, [claim]: undefined }));
      for (const iss of ['', 'other', 'Move-acces', ['move-acces'], null]) odd.push({ ...payload, iss });
      for (const aud of ['', 'other', ['other'], null]) odd.push({ ...payload, aud });
      for (const sub of ['', 42, null, {}, ['42']]) odd.push({ ...payload, sub });
      for (const sid of ['', 'x', claims.sessionId.toUpperCase(), '00000000-0000-4000-8000-000000000000', null])
        odd.push({ ...payload, sid });
      for (const time of ['2099-01-01', '99999999999', Number.MAX_VALUE, -1, 1.5, null, [99_999_999_999]])
        odd.push({ ...payload, exp: time }, { ...payload, iat: time });
      for (const each of odd) expect((await verdictOf(handMade(header, each, key))).kind, JSON.stringify(each)).to.equal('invalid');
      for (const text of ['', '[]', 'null', '"x"', '{', '{"sub":'])
        expect((await verdictOf(handMade(header, text, key))).kind, text).to.equal('invalid');
    });

    it('accepts nothing in which any character was changed', async () => {
      const token = await issuer.issue(claims);
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ';
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: token.length - 1 }), fc.constantFrom(...alphabet), async (at, letter) => {
          fc.pre(token[at] !== letter);
          expect((await verdictOf(token.slice(0, at) + letter + token.slice(at + 1))).kind).to.equal('invalid');
        }),
        { numRuns: 2000 },
      );
    });

    it('accepts one spelling only', async () => {
      const { token } = await parts();
      const signature = token.slice(-43);
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const last = alphabet.indexOf(signature.slice(-1));
      const twins = [1, 2, 3].map((bits) => token.slice(0, -1) + alphabet[last ^ bits]);
      const spellings = [
        ...twins,
        `${token}=`,
        `${token}\n`,
        ` ${token}`,
        `${token} `,
        `${token}.`,
        `.${token}`,
        `${token}.${token}`,
        token.replaceAll('.', '..'),
        `Bearer ${token}`,
      ];
      for (const spelling of spellings) expect((await verdictOf(spelling)).kind, JSON.stringify(spelling)).to.equal('invalid');
    });

    it('accepts no other text, and is quick about a long one', async () => {
      const refreshToken = `mar1_${randomBytes(42).toString('base64url')}`;
      for (const text of ['', '.', '..', 'a.b.c', refreshToken, '\u0000', '\ud800', '💥.💥.💥'])
        expect((await verdictOf(text)).kind, text).to.equal('invalid');
      const { token } = await parts();
      const long = [
        'A'.repeat(1_000_000),
        '.'.repeat(1_000_000),
        `${'A'.repeat(500_000)}.${'A'.repeat(500_000)}.${'A'.repeat(43)}`,
        token + 'A'.repeat(1_000_000),
      ];
      const timed = async () => {
        const startedAt = performance.now();
        for (const text of long) expect((await verdictOf(text)).kind).to.equal('invalid');
        return performance.now() - startedAt;
      };
      // a busy machine only makes it slower: the best of three counts
      expect(Math.min(await timed(), await timed(), await timed())).to.be.lessThan(100);
    });

    it('verifies tokens of a previous key, and signs with the current one', async () => {
      const [oldKey, older] = [randomBytes(32), randomBytes(32)];
      const before = open({ current: oldKey, previous: [], maxLifetimeSeconds });
      const after = open({ current: key, previous: [older, oldKey], maxLifetimeSeconds });
      expect((await after.verify(await before.issue(claims), now)).kind).to.equal('valid');
      expect((await verdictOf(await after.issue(claims))).kind).to.equal('valid');
      expect((await before.verify(await after.issue(claims), now)).kind).to.equal('invalid');
    });

    it('keeps its mind when thousands of tokens pass through', async () => {
      const tokens: string[] = [];
      for (let index = 0; index < 300; index += 1)
        tokens.push(await issuer.issue({ ...claims, tokenId: `t${index}`, userId: userId(index) }));
      for (const [index, token] of [...tokens.entries(), ...tokens.entries()]) {
        expect(await verdictOf(token)).to.have.nested.property('claims.userId', String(index));
      }
    });
  });
}
