import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { JoseTokenIssuer } from '../../../adapters/jose/jose-token-issuer.js';
import { deriveKey } from '../../../adapters/node-crypto/derive-key.js';
import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import { parseSessionId, type SessionId, userId } from '../../../core/domain/ids.js';
import { runCommand } from '../../support/run-command.js';
import { startServer } from '../../support/running-server.js';
import { logIn, me, refresh, registerSomeone } from '../support/phone.js';
import { serverStage } from '../support/server-stage.js';
import { testSecret } from '../support/stage.js';

const nextSecret = randomBytes(32).toString('hex');
const kidOf = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

describe('A new secret', () => {
  it('signs no user out while the old one is configured as previous, and ends the remaining sessions when it no longer is', async () => {
    await using stage = await serverStage();
    const start = (env: Record<string, string>) => startServer({ env: { ...stage.env, ...env }, cwd: stage.cwd });

    const { phone, tablet } = await (async () => {
      await using before = await start({ APP_SECRET: testSecret });
      return { phone: await registerSomeone(before.url), tablet: await registerSomeone(before.url) };
    })();

    const renewed = await (async () => {
      await using during = await start({ APP_SECRET: nextSecret, APP_SECRET_PREVIOUS: testSecret });
      expect((await me(during.url, phone.access_token)).status).to.equal(200);
      const refreshed = await refresh(during.url, phone.refresh_token);
      expect(refreshed.status).to.equal(200);
      expect(kidOf(refreshed.body.access_token)).not.to.equal(kidOf(phone.access_token));
      const repeated = await refresh(during.url, phone.refresh_token);
      expect(repeated.body.refresh_token).to.equal(refreshed.body.refresh_token);
      expect((await logIn(during.url, phone.email)).status).to.equal(200);
      return refreshed.body;
    })();

    await using later = await start({ APP_SECRET: nextSecret });
    expect((await me(later.url, renewed.access_token)).status).to.equal(200);
    expect((await refresh(later.url, renewed.refresh_token)).status).to.equal(200);
    expect((await me(later.url, tablet.access_token)).body.code).to.equal('token_invalid');
    expect((await refresh(later.url, tablet.refresh_token)).body.code).to.equal('refresh_invalid');
    expect((await logIn(later.url, tablet.email)).status).to.equal(200);
  });

  it('of the present form takes over from one that only the version before accepted, and ends no session', async () => {
    await using stage = await serverStage();
    const { APP_SECRET: _, ...env } = stage.env;
    const oldSecret = `w!ll-Th!s-d0-4s-a-k3y-${randomBytes(12).toString('hex')}`;
    const refused = await runCommand(['serve', 'rest'], { env: { ...env, APP_SECRET: oldSecret }, cwd: stage.cwd });
    expect(refused.exitCode).to.equal(1);
    expect(refused.stderr).to.match(
      /^APP_SECRET: wants .*; if this value was in use, move it to APP_SECRET_PREVIOUS, and no session ends\n$/,
    );

    await using server = await startServer({ env: { ...env, APP_SECRET: nextSecret, APP_SECRET_PREVIOUS: oldSecret }, cwd: stage.cwd });
    expect(server.output()).to.match(/^APP_SECRET_PREVIOUS: holds a secret that APP_SECRET would refuse/m);
    const { session_id: id, user } = await registerSomeone(server.url);
    // a token that the previous version has issued for this session
    const sessionId = parseSessionId(id) as SessionId;
    const issuedAt = Date.now();
    const claims = { userId: userId(user.id), sessionId, tokenId: 'old', issuedAt, expiresAt: issuedAt + 60_000 };
    const keys = { current: deriveKey({ secret: oldSecret, purpose: 'access-token' }), previous: [] };
    const accessToken = await new JoseTokenIssuer({ keys, maxLifetimeSeconds: 900 }).issue(claims);
    const refreshToken = new HmacRefreshTokenCodec({ current: oldSecret, previous: [] }).seal({ sessionId, counter: 0 });

    expect((await me(server.url, accessToken)).status).to.equal(200);
    const refreshed = await refresh(server.url, refreshToken);
    expect(refreshed.status).to.equal(200);
    expect((await me(server.url, refreshed.body.access_token)).status).to.equal(200);
  });
});
