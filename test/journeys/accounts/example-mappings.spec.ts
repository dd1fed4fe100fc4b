import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { apiClient } from '../../support/api-client.js';
import { runCommand } from '../../support/run-command.js';
import { startServer } from '../../support/running-server.js';
import { fullExamples, schemaMapExample } from '../../support/schema-map-example.js';
import { restrictedStage } from '../support/restricted-stage.js';

const password = 'Une phrase de passe 1';
const other = 'Une autre phrase 2';
const names = ['reference', ...fullExamples, 'minimal'];

/** Registers, signs in in another spelling, reads and changes the profile, changes the password and signs in with it. */
async function live(url: string): Promise<void> {
  const api = apiClient(url);
  const logIn = (secret: string) => api.request('POST', '/auth/login', { body: { email: ' ZOE@example.org ', password: secret } });
  const body = { email: 'Zoe@Example.org', password, first_name: 'Zoé', last_name: 'Lemaître', phone: '+33612345678' };
  const registered = await api.request('POST', '/auth/register', { body });
  expect(registered.status, registered.text).to.equal(201);
  expect((await api.request('POST', '/auth/register', { body: { ...body, email: 'zoe@EXAMPLE.org' } })).body.code).to.equal('email_taken');
  const token = (await logIn(password)).body.access_token;
  const me = await api.request('GET', '/users/me', { token });
  expect(me.status).to.equal(200);
  expect(me.body).to.include({ id: registered.body.user.id, email: 'zoe@example.org', subscription: null });
  const changed = await api.request('PATCH', '/users/me', { token, body: { last_name: 'Petit' } });
  expect(changed.status).to.equal(200);
  expect((await api.request('GET', '/users/me', { token })).body).to.deep.equal(changed.body);
  const change = { current_password: password, new_password: other };
  expect((await api.request('POST', '/auth/password', { token, body: change })).status).to.equal(204);
  expect((await logIn(password)).body.code).to.equal('invalid_credentials');
  expect((await logIn(other)).status).to.equal(200);
}

describe('The example mappings', () => {
  for (const name of names) {
    const example = schemaMapExample(name);

    it(`carry a life on the tables of ${name}, under no rights but the documented ones, and no definition changes`, async () => {
      await using stage = await restrictedStage(example);
      const definitions = async () => {
        const tables = new Set([
          example.map.users.table,
          example.map.credentials.table,
          example.map.subscriptions?.table ?? example.map.users.table,
        ]);
        const rows = await Promise.all([...tables].map((table) => stage.database.query(`show create table \`${table}\``)));
        return JSON.stringify(rows).replace(/ AUTO_INCREMENT=\d+/g, '');
      };
      const before = await definitions();
      await using server = await startServer({ env: stage.env, cwd: stage.cwd });
      await live(server.url);
      expect(await definitions()).to.equal(before);
      expect(server.output()).not.to.match(/denied|"level":"(error|fatal)"|"level":[56]0/);
    });

    it(`carry the same life on the tables of ${name} in a file`, async () => {
      const cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
      const file = new DatabaseSync(join(cwd, 'company.db'));
      for (const table of example.sqliteTables.map((sql) => sql.replace(/CHARSET.*|ENGINE.*/g, '')))
        if (name !== 'reference') file.exec(table);
      file.close();
      const map: Record<string, string> = name === 'reference' ? {} : { SCHEMA_MAP: example.file };
      const env = { DB_URL: 'sqlite:./company.db', LOGIN_RATE_LIMIT: '1000/60', API_RATE_LIMIT: '1000/60', ...map };
      {
        await using server = await startServer({ env, cwd });
        await live(server.url);
      }
      await rm(cwd, { recursive: true, force: true });
    });
  }

  it('let an account in by a digest made after a recipe, and keep the new hash apart from the column too narrow for it', async () => {
    const example = schemaMapExample('minimal');
    await using stage = await restrictedStage(example);
    const hash = createHash('md5').update(`pepper12${password}`).digest('hex');
    await stage.database.query("insert into people (login, hash, salt) values ('Old@example.org', ?, 'pepper12')", [hash]);
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const logIn = () => apiClient(server.url).request('POST', '/auth/login', { body: { email: 'old@example.org', password } });
    expect((await logIn()).status).to.equal(200);
    expect((await logIn()).status).to.equal(200);
    expect(await stage.database.query('select hash, salt from people')).to.deep.equal([{ hash, salt: 'pepper12' }]);
    const [overlay] = (await stage.database.query('select password_hash as hash from auth_credentials')) as { hash: string }[];
    expect(overlay?.hash).to.match(/^\$argon2id\$/);
    await stage.database.query('update people set hash = ?', [createHash('md5').update(`pepper12${other}`).digest('hex')]);
    expect((await logIn()).body.code).to.equal('invalid_credentials');
  });

  it('admit no login by an address that two rows have, and record it only in the audit log', async () => {
    const example = schemaMapExample('text-keys');
    await using stage = await restrictedStage(example);
    for (const [key, email] of [
      ['M-1', 'zoe@example.org'],
      ['M-2', ' Zoe@Example.org'],
    ]) {
      await stage.database.query('insert into `Fichier des membres` (`N° membre`, `Adresse e-mail`) values (?, ?)', [key, email]);
      await stage.database.query("insert into `Accès` (`Membre`, `Mot de passe`) values (?, '$1$WCEGq8rj$W8tZabzT1URw6vr9GhlTN0')", [key]);
    }
    await using server = await startServer({ env: stage.env, cwd: stage.cwd });
    const body = { email: 'zoe@example.org', password };
    const answer = await apiClient(server.url).request('POST', '/auth/login', { body });
    expect(answer.body.code).to.equal('invalid_credentials');
    expect((await apiClient(server.url).request('POST', '/auth/register', { body })).body.code).to.equal('email_taken');
    const [row] = (await stage.database.query("select details from audit_logs where event = 'login'")) as { details: string }[];
    expect(JSON.parse(row?.details ?? '{}')).to.include({ reason: 'address_ambiguous' });
  });

  it('refuse to start on tables that differ, in one line with path, table and column', async () => {
    const example = schemaMapExample('numeric-status');
    await using stage = await restrictedStage(example);
    await stage.database.query(
      'alter table readers change tel telephone varchar(32) not null, add country char(2) not null, modify id int unsigned not null',
    );
    await stage.database.query('drop table subscriptions');
    const { exitCode, stderr } = await runCommand(['serve', 'rest'], { env: { ...stage.env, PORT: '0' }, cwd: stage.cwd });
    expect(exitCode).to.equal(1);
    expect(stderr.trim().split('\n')).to.have.length(1);
    for (const problem of [
      'SCHEMA_MAP does not fit the database',
      'users.phone: table "readers" has no column "tel"',
      'users.new_row: a new row of table "readers" needs a value for its column "country"',
      'users.key.column: column "id" of table "readers" is not counted up by the database',
      'subscriptions.table: there is no table "subscriptions"',
    ]) {
      expect(stderr).to.include(problem);
    }
  });

  it('refuse to start with a mapping that is none, naming the file and the path in it', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'move-acces-'));
    const env = { PORT: '0', SCHEMA_MAP: join(cwd, 'missing.json') };
    const { exitCode, stderr } = await runCommand(['serve', 'rest'], { env, cwd });
    await rm(cwd, { recursive: true, force: true });
    expect(exitCode).to.equal(1);
    expect(stderr).to.match(/SCHEMA_MAP \(.*missing\.json\): cannot be read \(ENOENT\)/);
  });
});
