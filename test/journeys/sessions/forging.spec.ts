import { expect } from 'chai';
import { JoseTokenIssuer } from '../../../adapters/jose/jose-token-issuer.js';
import { deriveKey } from '../../../adapters/node-crypto/derive-key.js';
import { HmacRefreshTokenCodec } from '../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import { parseSessionId, type SessionId, userId } from '../../../core/domain/ids.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { me, refresh, registerSomeone } from '../support/phone.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';

describe("The database's content alone", () => {
  let stage: ServerStage;
  let server: RunningServer;
  before(async () => {
    stage = await serverStage();
    server = await startServer({ env: stage.env, cwd: stage.cwd });
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  /** Every value of every row of every table. */
  const everything = async (): Promise<string[]> => {
    const { database } = stage;
    const tables = (await database.query('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()')) as {
      name: string;
    }[];
    const values = new Set<string>();
    for (const { name } of tables) {
      for (const row of (await database.query(`SELECT * FROM ${name}`)) as Record<string, unknown>[]) {
        for (const value of Object.values(row)) if (value !== null && String(value) !== '') values.add(String(value));
      }
    }
    return [...values];
  };

  it('forges nothing: no value in it is a token, or the secret of one', async function () {
    this.timeout(120_000);
    const phone = await registerSomeone(server.url);
    await refresh(server.url, phone.refresh_token);
    const id = parseSessionId(phone.session_id) as SessionId;
    const now = Date.now();
    const values = await everything();
    expect(values, 'the session is there').to.include(phone.session_id);
    expect(values.length).to.be.greaterThan(50);

    for (const value of values) {
      const codec = new HmacRefreshTokenCodec({ current: value, previous: [] });
      const key = deriveKey({ secret: value, purpose: 'access-token' });
      const issuer = new JoseTokenIssuer({ keys: { current: key, previous: [] }, maxLifetimeSeconds: 900 });
      const claims = { userId: userId(phone.user.id), sessionId: id, tokenId: 'forged', issuedAt: now, expiresAt: now + 900_000 };
      for (const refreshToken of [value, codec.seal({ sessionId: id, counter: 1 })]) {
        const { status, body } = await refresh(server.url, refreshToken);
        expect([status, body.code], value).to.deep.equal([401, 'refresh_invalid']);
      }
      const forged = await issuer.issue(claims);
      expect((await me(server.url, forged)).body.code, value).to.equal('token_invalid');
      if (/^[\w.~+/=-]+$/.test(value)) expect((await me(server.url, value)).body.code, value).to.equal('token_invalid');
    }
  });
});
