import { expect } from 'chai';
import { AuthError } from '../../../core/domain/auth-error.js';
import { userId } from '../../../core/domain/ids.js';
import { type ConnectOptions, connect } from './support/ws-client.js';
import { openWsStage, sampleUser, type WsStage } from './support/ws-stage.js';

describe('the close code of each refusal', () => {
  let stage: WsStage;
  before(async () => {
    stage = await openWsStage({ settings: { limits: { authTimeoutMs: 300, tickMs: 20 } } });
  });
  after(() => stage[Symbol.asyncDispose]());

  const endingOf = async (options: Parameters<typeof connect>[1]) => {
    await using client = await connect(stage.url, options);
    const ending = await client.ended;
    expect(client.messages).to.deep.equal([]);
    return ending;
  };

  it('is 4401 for a token that has expired', async () => {
    const session = await stage.signIn();
    const token = await stage.token(session, -60);
    expect(await endingOf({ token })).to.deep.equal({ code: 4401, reason: { code: 'token_expired', action: 'refresh' } });
  });

  it('is 4401 for a token that ends at once, be it within the leeway', async () => {
    const session = await stage.signIn();
    expect((await endingOf({ token: await stage.token(session, 0) })).code).to.equal(4401);
  });

  it('is 4505 for a foreign token, wherever the client sends it', async () => {
    const { token } = await stage.signIn();
    const invalid = { code: 4505, reason: { code: 'token_invalid', action: 'login' } };
    const forged = `${token.slice(0, -4)}AAAA`;
    expect(await endingOf({ token: forged })).to.deep.equal(invalid);
    expect(await endingOf({ query: { token: forged } })).to.deep.equal(invalid);
    expect(await endingOf({ query: { token: '' } })).to.deep.equal(invalid);
    expect(await endingOf({ client: { headers: { authorization: 'Bearer' } } })).to.deep.equal(invalid);
    await using client = await connect(stage.url);
    client.say({ type: 'auth', token: forged });
    expect(await client.ended).to.deep.equal(invalid);
  });

  it('is 4505 for a valid token in the query where query tokens are off, without an order to delete it', async () => {
    await using strict = await openWsStage({ settings: { areQueryTokensTaken: false } });
    const { token, ...session } = await strict.signIn();
    for (const shown of [token, 'x', '']) {
      await using client = await connect(strict.url, { query: { token: shown } });
      expect(await client.ended).to.deep.equal({ code: 4505, reason: { code: 'query_token_refused', action: 'fix' } });
    }
    const row = strict.database.auditEvents.findLast(({ event }) => event === 'ws_connect');
    expect(row).to.deep.include({ outcome: 'denied', userId: null, details: { via: 'query', reason: 'token_invalid' } });
    const { ticket } = await strict.issueTicket.execute({ ...session, expiresAt: strict.clock.now() + 600_000 });
    const ways: ConnectOptions[] = [{ token }, { query: { ticket } }, { token, query: { token } }];
    for (const way of ways) {
      await using client = await connect(strict.url, way);
      await client.next('welcome');
    }
  });

  it('is 4505 for a ticket that was never issued, without an order to delete the tokens', async () => {
    expect(await endingOf({ query: { ticket: 'f'.repeat(48) } })).to.deep.equal({
      code: 4505,
      reason: { code: 'ticket_invalid', action: 'refresh' },
    });
  });

  it('is 4501 for a session that was ended, by ticket as by token', async () => {
    const { token, ...session } = await stage.signIn();
    const { ticket } = await stage.issueTicket.execute({ ...session, expiresAt: stage.clock.now() + 600_000 });
    await stage.revoke(session.sessionId);
    const revoked = { code: 4501, reason: { code: 'session_revoked', action: 'login' } };
    expect(await endingOf({ token })).to.deep.equal(revoked);
    expect(await endingOf({ query: { ticket } })).to.deep.equal(revoked);
  });

  it('is 4503 for an account that is closed', async () => {
    const { token, userId: id } = await stage.signIn({ user: 'closed' });
    await stage.database.putAccount({ user: sampleUser(id, false) });
    expect(await endingOf({ token })).to.deep.equal({ code: 4503, reason: { code: 'account_disabled', action: 'none' } });
  });

  it('is 4501 for an account that is gone', async () => {
    const sessionId = (await stage.signIn()).sessionId;
    expect((await endingOf({ token: await stage.token({ userId: userId('nobody'), sessionId }) })).code).to.equal(4501);
  });

  it('is 4408 where no token comes in time', async () => {
    const { code, reason } = await endingOf({});
    expect(code).to.equal(4408);
    expect(reason).to.deep.include({ code: 'auth_timeout', action: 'retry' });
    expect(reason.retry_ms).to.be.within(500, 2000);
  });

  it('is 4500 where the first message is no token', async () => {
    for (const message of [{ type: 'ping' }, 'hello', '[]', { type: 'auth' }]) {
      await using client = await connect(stage.url);
      client.say(message);
      expect(await client.ended, JSON.stringify(message)).to.deep.equal({ code: 4500, reason: { code: 'bad_message', action: 'fix' } });
    }
  });

  it('is 1013 while the database cannot be queried, with a delay', async () => {
    await using broken = await openWsStage();
    const { token } = await broken.signIn();
    broken.database.read = () => Promise.reject(new AuthError('dependency_unavailable'));
    await using client = await connect(broken.url, { token });
    const { code, reason } = await client.ended;
    expect(code).to.equal(1013);
    expect(reason).to.deep.include({ code: 'dependency_unavailable', action: 'retry' });
    expect(reason.retry_ms).to.be.within(1000, 5000);
  });

  it('is 1011 for a bug of the server, which is logged and not sent', async () => {
    await using broken = await openWsStage();
    const { token } = await broken.signIn();
    broken.database.read = () => Promise.reject(new Error('a bug with a secret in it'));
    await using client = await connect(broken.url, { token });
    expect(JSON.stringify(await client.ended))
      .to.match(/"code":1011,"reason":{"code":"internal_error","action":"retry"/)
      .and.not.include('secret');
    expect(broken.logger.entries.some(({ level, message }) => level === 'error' && message === 'a socket message failed')).to.equal(true);
  });

  it('is 4504 for the twenty-first socket of a user, and the twenty live on', async () => {
    const { token } = await stage.signIn({ user: 'many' });
    const clients = await Promise.all(Array.from({ length: 21 }, () => connect(stage.url, { token })));
    const ending = await Promise.race(clients.map(({ ended }) => ended));
    expect(ending).to.deep.equal({ code: 4504, reason: { code: 'too_many_sockets', action: 'none' } });
    const open = clients.filter(({ socket }) => socket.readyState === socket.OPEN);
    expect(open).to.have.lengthOf(20);
    for (const client of open) {
      client.say({ type: 'ping' });
      await client.next('pong');
    }
    open[0]?.socket.close();
    await open[0]?.ended;
    await using another = await connect(stage.url, { token });
    await another.next('welcome');
    for (const client of clients) await client[Symbol.asyncDispose]();
  });

  it('is 1013 for more sockets than the process may hold', async () => {
    await using small = await openWsStage({ settings: { maxSockets: 2 } });
    const { token } = await small.signIn();
    await using first = await connect(small.url, { token });
    await using second = await connect(small.url, { token });
    await using third = await connect(small.url, { token });
    const { code, reason } = await third.ended;
    expect(code).to.equal(1013);
    expect(reason).to.deep.include({ code: 'server_full', action: 'retry' });
    await first.next('welcome');
    await second.next('welcome');
  });
});
