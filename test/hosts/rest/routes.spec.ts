import { expect } from 'chai';
import { userId } from '../../../core/domain/ids.js';
import { type SubscriptionPeriod } from '../../../core/domain/subscriptions/subscription.js';
import { camille, type RestHarness, register, startRest } from './support/rest-harness.js';

const dayMs = 86_400_000;

describe('The REST host', () => {
  let rest: RestHarness;
  beforeEach(async () => {
    rest = await startRest();
  });
  afterEach(() => rest[Symbol.asyncDispose]());

  it('registers an account, with every field or with the fewest', async () => {
    const everything = { first_name: ' Camille ', last_name: 'Girard', phone: '+33 6 12', device_name: 'phone' };
    const full = await rest.api.request('POST', '/auth/register', { body: { ...camille, email: ' Camille@Example.ORG ', ...everything } });
    expect(full.status).to.equal(201);
    expect(full.body).to.include({ token_type: 'bearer', expires_in: 900, refresh_expires_in: 86_400 });
    expect(full.body.user).to.deep.equal({
      id: '1',
      email: 'camille@example.org',
      first_name: 'Camille',
      last_name: 'Girard',
      phone: '+33 6 12',
      created_at: '2026-01-31T12:00:00.000Z',
      subscription: null,
    });
    const nothing = { first_name: null, last_name: null, phone: null, device_name: null };
    const few = await rest.api.request('POST', '/auth/register', { body: { email: 'b@example.org', password: 'x'.repeat(8), ...nothing } });
    expect(few.status).to.equal(201);
    const taken = await rest.api.request('POST', '/auth/register', { body: { ...camille, email: 'CAMILLE@example.org' } });
    expect(taken.body.code).to.equal('email_taken');
  });

  it('signs in, and sends the same response for an unknown address and a wrong password', async () => {
    await register(rest);
    const signedIn = await rest.api.request('POST', '/auth/login', { body: { ...camille, device_name: 'tablet' } });
    expect(signedIn.status).to.equal(200);
    expect(signedIn.body.user.email).to.equal(camille.email);
    const refusals = [
      { ...camille, password: 'wrong' },
      { email: 'nobody@example.org', password: 'wrong' },
    ];
    const [wrong, unknown] = await Promise.all(refusals.map((body) => rest.api.request('POST', '/auth/login', { body })));
    expect(wrong?.status).to.equal(401);
    expect(wrong?.headers.has('www-authenticate')).to.equal(false);
    expect({ ...unknown?.body, request_id: '' }).to.deep.equal({ ...wrong?.body, request_id: '' });
  });

  it('reveals that an account is closed only after the right password', async () => {
    const { user } = await register(rest);
    const closed = { ...user, id: userId(user.id), firstName: null, lastName: null, createdAt: null, isEnabled: false };
    await rest.database.putAccount({ user: closed });
    const right = await rest.api.request('POST', '/auth/login', { body: camille });
    expect([right.status, right.body.code]).to.deep.equal([403, 'account_disabled']);
    const wrong = await rest.api.request('POST', '/auth/login', { body: { ...camille, password: 'wrong' } });
    expect([wrong.status, wrong.body.code]).to.deep.equal([401, 'invalid_credentials']);
  });

  it('refreshes, repeats a lost response, and ends the session of a reused token', async () => {
    const { refresh_token: first, access_token: token } = await register(rest);
    const refresh = (refresh_token: string) => rest.api.request('POST', '/auth/refresh', { body: { refresh_token } });
    const second = await refresh(first);
    expect(second.status).to.equal(200);
    expect(second.body).not.to.have.property('user');
    expect((await refresh(first)).body.refresh_token).to.equal(second.body.refresh_token);
    await refresh(second.body.refresh_token);
    const reused = await refresh(first);
    expect([reused.status, reused.body.code, reused.body.action]).to.deep.equal([401, 'refresh_reused', 'login']);
    expect(reused.headers.has('www-authenticate')).to.equal(false);
    expect((await refresh('nonsense')).body.code).to.equal('refresh_invalid');
    expect((await rest.api.request('GET', '/users/me', { token })).body.code).to.equal('session_revoked');
  });

  it('reports that a refresh token has expired', async () => {
    const { refresh_token } = await register(rest);
    rest.clock.advance(2 * dayMs);
    expect((await rest.api.request('POST', '/auth/refresh', { body: { refresh_token } })).body.code).to.equal('refresh_expired');
  });

  it('signs out, also with a token that it does not know', async () => {
    const { refresh_token, access_token: token } = await register(rest);
    for (const presented of [refresh_token, refresh_token, 'nonsense', '']) {
      const answer = await rest.api.request('POST', '/auth/logout', { body: { refresh_token: presented } });
      expect([answer.status, answer.text]).to.deep.equal([204, '']);
    }
    expect((await rest.api.request('GET', '/users/me', { token })).status).to.equal(401);
  });

  it('lists sessions, ends one, the others, and all', async () => {
    const { access_token: token, session_id: own } = await register(rest);
    const headers = { 'user-agent': 'MoveApp/4.2' };
    const signIn = async () =>
      (await rest.api.request('POST', '/auth/login', { headers, body: { ...camille, device_name: 'tablet' } })).body;
    const [second, third] = [await signIn(), await signIn()];
    const { body } = await rest.api.request('GET', '/auth/sessions', { token });
    expect(body.items.map(({ id }) => id)).to.have.members([own, second.session_id, third.session_id]);
    expect(body.items.find(({ id }) => id === second.session_id)).to.deep.equal({
      id: second.session_id,
      device_name: 'tablet',
      user_agent: 'MoveApp/4.2',
      ip: '127.0.0.1',
      created_at: '2026-01-31T12:00:00.000Z',
      last_seen_at: '2026-01-31T12:00:00.000Z',
      expires_at: '2026-02-01T12:00:00.000Z',
      current: false,
    });
    expect(body.items.filter(({ current }) => current).map(({ id }) => id)).to.deep.equal([own]);

    const ids = async () => (await rest.api.request('GET', '/auth/sessions', { token })).body.items.map(({ id }) => id);
    expect((await rest.api.request('DELETE', `/auth/sessions/${second.session_id}`, { token })).status).to.equal(204);
    expect(await ids()).to.have.members([own, third.session_id]);
    expect((await rest.api.request('DELETE', `/auth/sessions/${second.session_id}`, { token })).status, 'over already').to.equal(204);
    expect((await rest.api.request('DELETE', '/auth/sessions', { token })).status).to.equal(204);
    expect(await ids()).to.deep.equal([own]);
    expect((await rest.api.request('DELETE', '/auth/sessions?scope=others', { token })).status).to.equal(204);
    expect((await rest.api.request('DELETE', '/auth/sessions?scope=all', { token })).status).to.equal(204);
    expect((await rest.api.request('GET', '/auth/sessions', { token })).body.code).to.equal('session_revoked');
  });

  it('does not end the session of another person', async () => {
    const { access_token: token } = await register(rest);
    const other = await register(rest, 'other@example.org');
    expect((await rest.api.request('DELETE', `/auth/sessions/${other.session_id}`, { token })).status).to.equal(404);
    expect((await rest.api.request('GET', '/users/me', { token: other.access_token })).status).to.equal(200);
  });

  it('changes a password after a check of the current one, and ends the other sessions', async () => {
    const { access_token: token } = await register(rest);
    const { body: other } = await rest.api.request('POST', '/auth/login', { body: camille });
    const change = (current_password: string) =>
      rest.api.request('POST', '/auth/password', { token, body: { current_password, new_password: 'another horse altogether' } });
    const wrong = await change('wrong');
    expect([wrong.status, wrong.body.code, wrong.body.action]).to.deep.equal([422, 'current_password_wrong', 'fix']);
    expect(wrong.headers.has('www-authenticate'), 'the token itself is good').to.equal(false);
    expect((await change(camille.password)).status).to.equal(204);
    expect((await rest.api.request('GET', '/users/me', { token })).status).to.equal(200);
    expect((await rest.api.request('GET', '/users/me', { token: other.access_token })).body.code).to.equal('session_revoked');
  });

  it('shows a subscription as it is at the time of the request, and no date where none is known', async () => {
    const { access_token: token, user } = await register(rest);
    const now = rest.clock.now();
    const period: SubscriptionPeriod = { plan: 'annuel', startsAt: now - dayMs, endsAt: null, standing: 'good' };
    const known = {
      id: userId(user.id),
      email: user.email,
      firstName: null,
      lastName: null,
      phone: null,
      createdAt: null,
      isEnabled: true,
    };
    await rest.database.putAccount({ user: known, periods: [period] });
    const { body } = await rest.api.request('GET', '/users/me', { token });
    expect(body.created_at).to.equal(null);
    expect(body.subscription).to.deep.equal({ plan: 'annuel', status: 'active', starts_at: '2026-01-30T12:00:00.000Z', ends_at: null });
  });

  it('changes a profile: an absent field stays, null and the empty text clear', async () => {
    const { access_token: token } = await register(rest);
    const patch = async (body: object) => (await rest.api.request('PATCH', '/users/me', { token, body })).body;
    expect(await patch({ first_name: 'Zoé', last_name: 'Girard', phone: '0612345678' })).to.include({
      first_name: 'Zoé',
      phone: '0612345678',
    });
    expect(await patch({ last_name: null, phone: '' })).to.include({ first_name: 'Zoé', last_name: null, phone: null });
    expect(await patch({})).to.include({ first_name: 'Zoé' });
  });

  it('responds to HEAD as to GET, without the body', async () => {
    const { access_token: token } = await register(rest);
    for (const path of ['/users/me', '/auth/sessions', '/healthz', '/readyz', '/metrics', '/docs', '/openapi.json', '/problems']) {
      const head = await rest.api.request('HEAD', path, { token });
      expect([path, head.status, head.text]).to.deep.equal([path, 200, '']);
    }
  });
});

describe('The REST host, for health requests,', () => {
  const probe = (name: string, isEssential: boolean, isUp: boolean) => ({
    name,
    isEssential,
    check: async () => (isUp ? undefined : Promise.reject(new Error('down'))),
  });

  it('is ready while all that is essential works', async () => {
    await using rest = await startRest({ ports: { probes: [probe('database', true, true), probe('redis', false, false)] } });
    const { status, body } = await rest.api.request('GET', '/readyz');
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      status: 'ready',
      dependencies: [
        { name: 'database', state: 'up' },
        { name: 'redis', state: 'down' },
      ],
    });
  });

  it('is not ready, but alive, while an essential dependency is down', async () => {
    await using rest = await startRest({ ports: { probes: [probe('database', true, false)] } });
    const { status, body } = await rest.api.request('GET', '/readyz');
    expect(status).to.equal(503);
    expect(body).to.deep.equal({ status: 'unavailable', dependencies: [{ name: 'database', state: 'down' }] });
    expect((await rest.api.request('GET', '/healthz')).body).to.deep.equal({ status: 'ok' });
  });
});
