import { expect } from 'chai';
import { referenceSchemaMap } from '../../../adapters/mikro-orm/schema-map/reference-schema-map.js';
import { ownMigrations } from '../../../migrations/all-migrations.js';
import { apiClient } from '../../support/api-client.js';
import { runCommand } from '../../support/run-command.js';
import { type RunningServer, startServer } from '../../support/running-server.js';
import { sharedDatabaseServer } from '../../support/servers/shared-database.js';
import { restrictedAccounts } from '../support/restricted-accounts.js';
import { type ServerStage, serverStage } from '../support/server-stage.js';
import { theirDefinitions } from '../support/their-definitions.js';

const password = 'Bienvenue-2024!';

describe('The existing tables', () => {
  let stage: ServerStage;
  let server: RunningServer;
  let definitions: string;
  let untouched: unknown[];
  before(async () => {
    stage = await serverStage();
    definitions = await theirDefinitions(stage.database);
    untouched = await rowsOfOthers();
    server = await startServer({ env: stage.env, cwd: stage.cwd });
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  const query = (sql: string, params?: unknown[]) => stage.database.query(sql, params);
  /** Of all users but the two that sign in, and the one that registers. */
  const rowsOfOthers = async () => [
    await query('SELECT * FROM users WHERE id BETWEEN 3 AND 10 ORDER BY id'),
    await query('SELECT * FROM acces_app WHERE user_id BETWEEN 3 AND 10 ORDER BY id'),
    await query('SELECT * FROM abonnement ORDER BY id'),
  ];
  const logIn = (email: string) => apiClient(server.url).request('POST', '/auth/login', { body: { email, password } });

  it('let an account in whose hash is Argon2id, and show its profile and the subscription of today', async () => {
    const { status, body } = await logIn('alice.martin@example.org');
    expect(status).to.equal(200);
    expect(body.user).to.deep.equal({
      id: '1',
      email: 'alice.martin@example.org',
      first_name: 'Alice',
      last_name: 'Martin',
      phone: '+33612345601',
      created_at: '2019-03-04T08:12:00.000Z',
      subscription: {
        plan: 'annuel',
        status: Date.now() < Date.UTC(2027, 0, 1) ? 'active' : 'expired',
        starts_at: '2026-01-01T00:00:00.000Z',
        ends_at: '2026-12-31T23:59:59.999Z',
      },
    });
    const [hash] = await query('SELECT mot_de_passe FROM acces_app WHERE user_id = 1');
    expect(hash).to.deep.equal({ mot_de_passe: '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA' });
  });

  it('let an account in whose hash is bcrypt, in any spelling of its address, and replace the hash', async () => {
    const { status, body } = await logIn('benoit.durand@example.org');
    expect(status).to.equal(200);
    expect(body.user).to.include({ id: '2', email: 'Benoit.Durand@Example.org', first_name: 'Benoît' });
    expect(body.user.subscription).to.include({ plan: 'mensuel', status: 'cancelled' });
    const [row] = (await query(
      'SELECT mot_de_passe, derniere_connexion > NOW() - INTERVAL 1 DAY AS est_recente FROM acces_app WHERE user_id = 2',
    )) as { mot_de_passe: string; est_recente: number }[];
    expect(row?.mot_de_passe).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(row?.est_recente).to.equal(1);
    expect((await logIn('benoit.durand@example.org')).status).to.equal(200);
    const events = await query("SELECT event, outcome FROM audit_logs WHERE user_id = '2' ORDER BY id");
    expect(events).to.deep.equal([
      { event: 'login', outcome: 'success' },
      { event: 'password_upgrade', outcome: 'success' },
      { event: 'login', outcome: 'success' },
    ]);
  });

  for (const [email, why] of [
    ['david@example.org', 'suspended'],
    ['hugo@example.org', 'deleted'],
  ] as const) {
    it(`reveal that the account of ${email} is ${why} only after the right password`, async () => {
      const right = await logIn(email);
      expect(right.status).to.equal(403);
      expect(right.body).to.include({ code: 'account_disabled', action: 'none' });
      const wrong = await apiClient(server.url).request('POST', '/auth/login', { body: { email, password: 'not this one' } });
      expect(wrong.body.code).to.equal('invalid_credentials');
    });
  }

  it('take a registration, a change of profile and a login, and nothing else', async () => {
    const api = apiClient(server.url);
    const registered = await api.request('POST', '/auth/register', {
      body: { email: 'zoe@example.org', password, first_name: 'Zoé', last_name: "O'Neil; DROP TABLE users" },
    });
    expect(registered.status).to.equal(201);
    await api.request('PATCH', '/users/me', { token: registered.body.access_token, body: { phone: '+33600000000' } });
    const [row] = await query(
      'SELECT u.email, u.prenom, u.nom, u.telephone, u.statut, a.actif FROM users u JOIN acces_app a ON a.user_id = u.id WHERE u.id = ?',
      [registered.body.user.id],
    );
    expect(row).to.deep.equal({
      email: 'zoe@example.org',
      prenom: 'Zoé',
      nom: "O'Neil; DROP TABLE users",
      telephone: '+33600000000',
      statut: 'actif',
      actif: 1,
    });
  });

  it('are defined, to the letter, as they were before', async () => {
    expect(await theirDefinitions(stage.database)).to.equal(definitions);
  });

  it('keep their rows, except those of users that registered or signed in', async () => {
    expect(await rowsOfOthers()).to.deep.equal(untouched);
  });

  it('get this product’s tables beside them by `db migrate` with a database user that has only the documented rights', async () => {
    const shared = await sharedDatabaseServer();
    await using database = await shared.createDatabase();
    await database.loadExistingSchema();
    const accounts = await restrictedAccounts(shared, database, referenceSchemaMap);
    const before = await theirDefinitions(database);
    const migration = await runCommand(['db', 'migrate', '--json'], { env: { ...stage.env, DB_URL: accounts.migrateUrl }, cwd: stage.cwd });
    expect(migration).to.include({ exitCode: 0, stderr: '' });
    expect(JSON.parse(migration.stdout).executed).to.have.lengthOf(ownMigrations.list.length);
    expect(await theirDefinitions(database)).to.equal(before);
    await accounts.drop();
  });
});
