import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { redisDump } from '../../support/secrets/redis-dump.js';
import { sharedRedisServer } from '../../support/servers/shared-redis.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';
import { testSecret } from '../support/stage.js';

const metricsToken = 'scrape-token-Zk3vR8pXwQ1mT6yB';

/** Every secret that the journey uses, by what it is. */
type Secrets = Map<string, string>;

describe('After everything that a client can do', () => {
  let stage: ServerStage;
  let server: RunningServer;
  const secrets: Secrets = new Map([
    ['the application secret', testSecret],
    ['the metrics token', metricsToken],
  ]);
  before(async function () {
    this.timeout(60_000);
    stage = await serverStage({ LOG_LEVEL: 'trace', METRICS_TOKEN: metricsToken, REFRESH_REPLAY_SECONDS: '0', ACCOUNT_RATE_LIMIT: '6/60' });
    const { password } = new URL(stage.database.url);
    secrets.set('the database password', password);
    server = await startServer({ env: stage.env, cwd: stage.cwd });
    await doEverything(server.url, stage, secrets);
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  const expectNone = (text: string, where: string) => {
    expect(text.length, `${where} is not empty`).to.be.greaterThan(100);
    for (const [what, secret] of secrets) expect(text.includes(secret), `${what} is in ${where}`).to.equal(false);
  };

  it('there were secrets of every kind', () => {
    expect([...secrets.keys()].length).to.be.greaterThan(25);
    for (const [what, secret] of secrets) expect(secret, what).to.match(/^.{8,}$/s);
  });

  it('none is in the audit log, nor in the seals', async () => {
    const rows = await stage.database.query('select * from audit_logs');
    expect(new Set((rows as { readonly event: string }[]).map(({ event }) => event))).to.include.all.keys(
      ...[
        'register',
        'login',
        'refresh',
        'refresh_reuse',
        'logout',
        'password_change',
        'password_upgrade',
        'profile_update',
        'session_revoke',
      ],
      'rate_limited',
    );
    expectNone(JSON.stringify(rows), 'the audit log');
  });

  it('none is in any log line, and each line is one JSON object', () => {
    const output = server.output();
    expectNone(output, 'the log');
    for (const line of output.split('\n')) expect(() => JSON.parse(line), line).not.to.throw();
  });

  it('none is in Redis, in keys or values', async () => {
    const { url } = await sharedRedisServer();
    expectNone(`${await redisDump(url)}${' '.repeat(100)}`, 'Redis');
  });

  it('none is in the metrics', async () => {
    const { text, status } = await apiClient(server.url).request('GET', '/metrics', { token: metricsToken });
    expect(status).to.equal(200);
    expectNone(text, 'the metrics');
  });

  it('no password, token or hash of this product is in the sessions, and the password only as an Argon2id hash', async () => {
    expectNone(JSON.stringify(await stage.database.query('select * from auth_sessions')), 'auth_sessions');
  });
});

/** Good and bad requests of every kind, with secrets in all the places where people put them. */
async function doEverything(url: string, { database }: ServerStage, secrets: Secrets): Promise<void> {
  const api = apiClient(url);
  let count = 0;
  const secret = (what: string) => {
    count += 1;
    const value = `Sesame-${count}-${what.replace(/\W/g, '')}-9x7Qz`;
    secrets.set(`${what} ${count}`, value);
    return value;
  };
  const keep = (body: { access_token?: string; refresh_token?: string }, of: string) => {
    if (body.access_token) secrets.set(`access token ${of}`, body.access_token);
    if (body.refresh_token) secrets.set(`refresh token ${of}`, body.refresh_token);
    for (const token of [body.access_token, body.refresh_token]) {
      const signature = token?.split('.').at(-1) ?? '';
      if (signature.length > 20) secrets.set(`signature ${of} ${signature.slice(0, 4)}`, signature.slice(-30));
    }
    return body as { access_token: string; refresh_token: string; session_id: string };
  };
  const post = (path: string, body: unknown, options: { token?: string; headers?: Record<string, string> } = {}) =>
    api.request('POST', path, { body, ...options });

  const password = secret('chosen password');
  const email = 'everything@example.org';
  const phone = keep(
    (await post('/auth/register', { email, password, first_name: 'Eve', device_name: 'Pixel' })).body,
    'of the registration',
  );
  await post('/auth/register', { email, password: secret('password of a taken address') });
  await post('/auth/register', { email: 'x', password: secret('password beside a bad address') });
  await post('/auth/register', { email: 'new@example.org', password: `${secret('password with a line break')}\n` });
  keep((await post('/auth/login', { email, password })).body, 'of a login');
  await post('/auth/login', { email, password: secret('wrong password') });
  await post('/auth/login', { email: `${secret('password typed as address')}@example.org`, password: secret('password of nobody') });
  await post('/auth/login', `{"email":"${email}","password":"${secret('password in broken JSON')}`);
  await post('/auth/login', { email, password: { nested: secret('password in an object') } });
  await post('/auth/login', { email, password, passwrd: secret('password in an unknown field') });
  // an older hash is replaced at this login
  keep((await post('/auth/login', { email: 'benoit.durand@example.org', password: 'Bienvenue-2024!' })).body, 'of Benoît');
  secrets.set('the password of Benoît', 'Bienvenue-2024!');
  for (let attempt = 0; attempt < 9; attempt += 1)
    await post('/auth/login', { email: 'limited@example.org', password: secret('password over the limit') });

  const second = keep((await post('/auth/refresh', { refresh_token: phone.refresh_token })).body, 'of a refresh');
  await post('/auth/refresh', { refresh_token: secret('refresh token that is none') });
  await post('/auth/refresh', { refresh_token: phone.refresh_token });
  await post('/auth/logout', { refresh_token: second.refresh_token }); // too late: reuse has ended it
  const watch = keep((await post('/auth/login', { email, password })).body, 'of the watch');
  await post('/auth/logout', { refresh_token: watch.refresh_token });

  const tablet = keep((await post('/auth/login', { email, password })).body, 'of the tablet');
  await api.request('PATCH', '/users/me', { token: tablet.access_token, body: { last_name: 'Other', phone: '0612345678' } });
  await api.request('GET', `/users/me?token=${secret('token in a query')}`, { token: tablet.access_token });
  await api.request('GET', '/users/me', { headers: { authorization: `Basic ${secret('credentials of Basic')}` } });
  await api.request('GET', '/users/me', { token: secret('access token that is none') });
  await api.request('GET', '/users/me', { headers: { cookie: `session=${secret('cookie')}`, 'x-api-key': secret('key in a field') } });
  await fetch(`${url}/${secret('secret in a path')}?password=${secret('password in a query')}`, {
    headers: { referer: `https://x/?token=${secret('token in a referer')}` },
  });
  await api.request('GET', '/auth/sessions', { token: tablet.access_token });
  const next = secret('next password');
  await post('/auth/password', { current_password: secret('wrong current password'), new_password: next }, { token: tablet.access_token });
  await post('/auth/password', { current_password: password, new_password: 'short' }, { token: tablet.access_token });
  const other = keep((await post('/auth/login', { email, password })).body, 'of another');
  await api.request('DELETE', `/auth/sessions/${other.session_id}`, { token: tablet.access_token });
  await post('/auth/password', { current_password: password, new_password: next }, { token: tablet.access_token });
  await api.request('GET', '/metrics', { token: secret('metrics token that is none') });

  for (const table of ['acces_app', 'auth_credentials']) {
    const column = table === 'acces_app' ? 'mot_de_passe' : 'password_hash';
    const hashes = (await database.query(`select ${column} as hash from ${table}`)) as { readonly hash: string }[];
    for (const [index, { hash }] of hashes.entries()) if (hash.length >= 8) secrets.set(`hash ${index} of ${table}`, hash);
  }
}
