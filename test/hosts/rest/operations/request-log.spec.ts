import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import type { UserRepository } from '../../../../core/ports/accounts/user-repository.js';
import { camille, register, startRest, wideRules } from '../support/rest-harness.js';
import { post, send } from '../support/send.js';

describe('The log of the REST host', () => {
  it('has one line for each request, with its kind and its outcome', async () => {
    await using rest = await startRest({ settings: { trustProxy: ['127.0.0.1'] } });
    const { access_token: token, session_id: sessionId } = await register(rest);
    await rest.api.request('PATCH', '/users/me', { token, body: { nope: 1 }, headers: { 'x-request-id': 'a-1' } });
    const [, line] = rest.logger.entries;
    expect(line).to.deep.include({ level: 'info', message: 'request' });
    const { ms, ...fields } = line?.fields ?? {};
    expect(ms).to.be.within(0, 5000);
    expect(fields).to.deep.equal({
      method: 'PATCH',
      route: '/users/me',
      status: 422,
      requestId: 'a-1',
      userId: '1',
      sessionId,
      code: 'validation_failed',
    });
    expect(rest.logger.entries).to.have.length(2);
  });

  it('names account and session of a sign-in, and the session of a refresh', async () => {
    await using rest = await startRest();
    const { session_id: sessionId, refresh_token } = await register(rest);
    await rest.api.request('POST', '/auth/login', { body: camille });
    await rest.api.request('POST', '/auth/refresh', { body: { refresh_token } });
    await rest.api.request('POST', '/auth/login', { body: { ...camille, password: 'wrong' } });
    const [registered, loggedIn, refreshed, refused] = rest.logger.entries.map(({ fields }) => fields);
    expect(registered).to.include({ userId: '1', sessionId });
    expect(loggedIn).to.include({ userId: '1' }).and.not.to.include({ sessionId });
    expect(refreshed).to.include({ sessionId });
    expect(refused).not.to.have.any.keys('userId', 'sessionId');
  });

  it('contains the address only of a request that was refused for its credentials', async () => {
    await using rest = await startRest({
      settings: { trustProxy: ['127.0.0.1'], metricsToken: 'scrape-me-0123456789' },
      ports: { rateRules: { ...wideRules, api: { name: 'api', limit: 6, windowSeconds: 300 } } },
    });
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const { access_token: token } = await register(rest);
    for (const [path, headers] of [
      ['/users/me', { ...from, authorization: `Bearer ${token}x` }],
      ['/users/me', from],
      ['/metrics', { ...from, authorization: 'Bearer wrong' }],
      ['/users/me', { ...from, authorization: `Bearer ${token}` }],
      ['/nope', from],
      ['/healthz', from],
    ] as const) {
      await send(rest.url, path, { headers });
    }
    for (let count = 0; count < 4; count += 1)
      await send(rest.url, '/users/me', { headers: { ...from, authorization: `Bearer ${token}` } });
    const lines = rest.logger.entries.slice(1).map(({ level, fields }) => [level, fields['status'], fields['ip']]);
    expect(lines.slice(0, 6)).to.deep.equal([
      ['info', 401, '203.0.113.9'],
      ['info', 401, '203.0.113.9'],
      ['info', 401, '203.0.113.9'],
      ['info', 200, undefined],
      ['info', 404, undefined],
      ['debug', 200, undefined],
    ]);
    expect(lines.at(-1)).to.deep.equal(['info', 429, '203.0.113.9']);
  });

  it('logs requests for system paths only at the debug level', async () => {
    await using rest = await startRest();
    await rest.api.request('GET', '/healthz');
    expect(rest.logger.entries.map(({ level }) => level)).to.deep.equal(['debug']);
  });

  it('reports a client that closed the connection before its response', async () => {
    const arrived = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<null>();
    const users: Partial<UserRepository> = {
      hasEmail: async () => false,
      findSubscribed: async () => {
        arrived.resolve();
        return answer.promise;
      },
    };
    await using rest = await startRest({ ports: { users: { ...users } as UserRepository } });
    const { access_token } = await register(rest);
    const socket = connect(rest.server.port, '127.0.0.1');
    socket.write(`GET /users/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${access_token}\r\n\r\n`);
    await arrived.promise;
    socket.destroy();
    await once(socket, 'close');
    while (rest.logger.entries.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    answer.resolve(null);
    expect(rest.logger.entries[1]?.fields).to.include({ route: '/users/me', status: 499, isAborted: true });
    expect(rest.metrics.requests.at(-1)).to.include({ status: 499 });
  });

  it('holds no secret, wherever a request contains it, and neither does a response', async () => {
    const secret = 'hunter2-Tr0ub4dor';
    await using rest = await startRest();
    const { access_token, refresh_token } = await register(rest);
    const text = (body: object) => JSON.stringify(body);
    const answers = await Promise.all([
      post(rest.url, '/auth/login', text({ email: secret, password: secret })),
      post(rest.url, '/auth/login', text({ email: { secret }, password: [secret] })),
      post(rest.url, '/auth/login', text({ email: 'x'.repeat(400) + secret, password: secret })),
      post(rest.url, '/auth/login', text({ ...camille, password: secret, device_name: 7, passwort: secret })),
      post(rest.url, '/auth/login', `{"email": "${secret}", "password": "${secret}`),
      post(rest.url, '/auth/register', text({ email: secret, password: secret, first_name: 'a\u0001', phone: secret })),
      post(rest.url, '/auth/register', text({ ...camille, password: secret })),
      post(rest.url, '/auth/refresh', text({ refresh_token: secret })),
      post(rest.url, '/auth/refresh', text({ token: secret })),
      post(rest.url, '/auth/password', text({ current_password: secret, new_password: 'x' }), { authorization: `Bearer ${access_token}` }),
      post(rest.url, '/auth/password', text({ current_password: secret, new_password: `${secret}${secret}` }), {
        authorization: `Bearer ${access_token}`,
      }),
      send(rest.url, `/users/me?token=${secret}`, {
        headers: { authorization: `Bearer ${secret}`, cookie: secret, 'x-request-id': `${secret} ` },
      }),
      send(rest.url, `/auth/sessions?scope=${secret}`, { method: 'DELETE', headers: { authorization: `Bearer ${access_token}` } }),
      send(rest.url, `/metrics?token=${secret}`),
      send(rest.url, '/users/me', { headers: { authorization: `Basic ${secret}` } }),
    ]);
    // The one place where it is repeated is the request id that the caller chose.
    const told = answers
      .map(
        ({ text, headers }) =>
          text +
          [...headers]
            .filter(([name]) => name !== 'x-request-id')
            .flat()
            .join(),
      )
      .join('\n');
    const known = JSON.stringify([rest.logger.entries, rest.metrics.requests, rest.database.auditEvents]);
    for (const [where, all] of Object.entries({
      told,
      known: known.replaceAll(`"${secret}"`, (id) => (known.includes(`requestId":${id}`) ? '' : id)),
    })) {
      for (const value of [camille.password, access_token, refresh_token]) expect(all, where).not.to.contain(value);
    }
    expect(told.replaceAll(`"request_id":"${secret}"`, '')).not.to.contain(secret);
    expect(known.replaceAll(`"requestId":"${secret}"`, '')).not.to.contain(secret);
  });
});
