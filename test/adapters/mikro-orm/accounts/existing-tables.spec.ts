import { expect } from 'chai';
import { sql } from 'kysely';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import { openOrm } from '../../../../adapters/mikro-orm/open-orm.js';
import type { OwnTables } from '../../../../adapters/mikro-orm/own-entities.js';
import { readColumns } from '../../../../adapters/mikro-orm/schema-map/column-facts.js';
import { ExistingTables } from '../../../../adapters/mikro-orm/schema-map/existing-tables.js';
import { referenceSchemaMap } from '../../../../adapters/mikro-orm/schema-map/reference-schema-map.js';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import { userId } from '../../../../core/domain/ids.js';
import { currentSubscription } from '../../../../core/domain/subscriptions/subscription.js';
import type { Stores } from '../../../../core/ports/unit-of-work.js';
import { ownTables } from '../../../../migrations/own-tables.js';
import { openByUrl } from '../../../contracts/support/open-test-database.js';
import { origin, policy, rejection, sampleSession, sampleUser, t0, violatedField } from '../../../kit/contracts/support/samples.js';
import { targetOf } from '../../../support/database-target.js';
import { itInTime } from '../../../support/it-in-time.js';
import { startDatabaseServer } from '../../../support/servers/database-server.js';
import { sharedDatabaseServer } from '../../../support/servers/shared-database.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';

const tables = ['users', 'acces_app', 'abonnement'];
const newHash = '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA';

/** Registers, logs in, upgrades, changes profile and password, refreshes and logs out. */
async function round({ unitOfWork }: Database): Promise<void> {
  const id = await unitOfWork.run((stores) => register(stores));
  await unitOfWork.run(async (stores) => {
    const session = sampleSession(id);
    const lookup = await stores.credentials.findByEmail(canonicalEmail('new@example.org'));
    if (lookup.kind !== 'found') throw new Error(lookup.kind);
    expect(await stores.credentials.recordLogin({ credential: lookup.credential, at: t0, upgradedHash: `${newHash}1` })).to.equal(true);
    const credential = await stores.credentials.findByUser(id);
    expect(credential && (await stores.credentials.replace(credential, `${newHash}2`))).to.equal(true);
    await stores.users.findForUpdate(id);
    await stores.users.updateProfile(id, { firstName: null, phone: '0102030405' });
    await stores.subscriptions.periodsOf(id);
    await stores.sessions.open(session);
    await stores.sessions.rotate({ sessionId: session.id, counter: 0, now: t0, origin, policy });
    await stores.sessions.revoke({ kind: 'of_user', userId: id }, 'logout', t0);
    await stores.sessions.prune(t0 + 1, 10);
  });
  expect(await unitOfWork.run(({ credentials }) => credentials.findByUser(id))).to.include({ passwordHash: `${newHash}2` });
}

async function register({ users, credentials }: Stores) {
  const insertion = await users.insert(sampleUser('new@example.org'));
  if (insertion.kind !== 'inserted') throw new Error(insertion.kind);
  await credentials.add(insertion.user.id, newHash);
  return insertion.user.id;
}

describe('The existing tables', () => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await (await sharedDatabaseServer()).createDatabase();
    await test.loadExistingSchema();
  });
  afterEach(() => test[Symbol.asyncDispose]());

  const definitions = async () => {
    const rows = await Promise.all(tables.map((table) => test.query(`show create table ${table}`)));
    return rows.flat().map((row) => String((row as Record<string, unknown>)['Create Table']).replace(/ AUTO_INCREMENT=\d+/, ''));
  };

  it('are read as years of use by another application left them', async () => {
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    const { users, credentials, subscriptions } = database.stores;
    const all = await Promise.all(Array.from({ length: 10 }, (_, index) => users.find(userId(index + 1))));
    expect(all.map((user) => user?.isEnabled)).to.deep.equal([true, true, true, false, true, true, true, false, false, true]);
    expect(all[1]).to.deep.equal({
      id: '2',
      email: 'Benoit.Durand@Example.org',
      firstName: 'Benoît',
      lastName: 'Durand',
      phone: null,
      createdAt: Date.UTC(2019, 10, 20, 17, 45, 10),
      isEnabled: true,
    });
    const lookup = await credentials.findByEmail(canonicalEmail('ines@example.org'));
    expect(lookup).to.deep.equal({
      kind: 'found',
      credential: { userId: '9', passwordHash: '$1$WCEGq8rj$W8tZabzT1URw6vr9GhlTN0', isEnabled: false },
    });
    const now = Date.UTC(2026, 10, 22);
    const statuses = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map(async (id) => currentSubscription(await subscriptions.periodsOf(userId(id)), now)?.status ?? null),
    );
    expect(statuses).to.deep.equal(['active', 'cancelled', 'expired', null, 'upcoming', 'active', 'expired']);
  });

  for (const credentialWrites of ['table', 'overlay'] as const) {
    it(`keep their definitions to the byte, and need no right but to read, insert and update (new hashes: ${credentialWrites})`, async () => {
      const before = await definitions();
      const { name } = test;
      const account = `'${name}'@'127.0.0.1'`;
      await test.query(`revoke all privileges on ${name}.* from ${account}`);
      for (const table of tables) await test.query(`grant select, insert, update on ${name}.${table} to ${account}`);
      for (const table of ownTables) {
        await test.query(`grant all privileges on ${name}.${table} to ${account}`);
      }
      await using database = await openByUrl(test.url, { credentialWrites });
      await database.migrations.up();
      await database.warmUp();
      await round(database);
      expect(await definitions()).to.deep.equal(before);
      const [row] = (await test.query(
        "select mot_de_passe as hash from acces_app join users on users.id = user_id where email = 'new@example.org'",
      )) as { hash: string }[];
      expect(row?.hash).to.equal(credentialWrites === 'table' ? `${newHash}2` : '!');
    });
  }

  it('keep older hashes where their column is too narrow, and new hashes go to this product’s own table', async () => {
    await test.query('alter table acces_app modify mot_de_passe varchar(110) not null');
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    await round(database);
    expect(await test.query('select count(*) as count from auth_credentials')).to.deep.equal([{ count: 1 }]);
  });

  it('leave no unused rows in this product’s own tables', async () => {
    await using overlaid = await openByUrl(test.url, { credentialWrites: 'overlay' });
    await overlaid.migrations.up();
    await round(overlaid);
    await using database = await openByUrl(test.url);
    const credential = await database.stores.credentials.findByUser(userId(11));
    expect(credential && (await database.stores.credentials.replace(credential, newHash))).to.equal(true);
    expect(await database.stores.credentials.findByUser(userId(11))).to.include({ passwordHash: newHash });
    expect(await test.query('select * from auth_credentials')).to.deep.equal([]);
    expect(await database.stores.users.insert(sampleUser('alice.martin@example.org'))).to.deep.equal({ kind: 'email_taken' });
    expect(await test.query('select * from auth_email_claims')).to.deep.equal([{ email: 'new@example.org', user_id: '11' }]);
  });

  it('are written to in whole seconds of UTC', async () => {
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    await round(database);
    const rows = await test.query(
      "select concat(date_creation, '') as made, concat(derniere_connexion, '') as seen from users join acces_app on user_id = users.id where email = 'new@example.org'",
    );
    expect(rows).to.deep.equal([{ made: '2026-03-04 05:06:07', seen: '2026-03-04 05:06:07' }]);
  });

  it('refuse letters that a column cannot hold, and a telephone number that must be unique, by naming the field', async () => {
    await test.query('alter table users modify prenom varchar(100) character set latin1 not null, add unique key uq_phone (telephone)');
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    const insert = (changes: Parameters<typeof sampleUser>[1]) =>
      database.unitOfWork.run(({ users }) => users.insert(sampleUser('new@example.org', changes)));
    expect(violatedField(await rejection(insert({ firstName: '東京' })))).to.equal('firstName');
    expect(violatedField(await rejection(insert({ phone: '+33612345601' })))).to.equal('phone');
    expect((await insert({ phone: '+33612345699' })).kind).to.equal('inserted');
  });

  it('find an address in any spelling, also where their collation is case-sensitive', async () => {
    await test.query('alter table users modify email varchar(191) character set utf8mb4 collate utf8mb4_bin not null');
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    expect((await database.stores.credentials.findByEmail(canonicalEmail('benoit.durand@example.org'))).kind).to.equal('found');
    expect(await database.unitOfWork.run(({ users }) => users.insert(sampleUser('benoit.durand@example.org')))).to.deep.equal({
      kind: 'email_taken',
    });
  });

  it('take an address whose accents alone differ for taken where their own index does, and for free elsewhere', async () => {
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    const insert = () => database.unitOfWork.run(({ users }) => users.insert(sampleUser('chloé@example.org')));
    expect(await insert()).to.deep.equal({ kind: 'email_taken' });
    await test.query('alter table users drop index uq_users_email');
    expect((await insert()).kind).to.equal('inserted');
  });

  it('have an internationalized address claimed in both forms, each of which a version before this one may look for', async () => {
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    const [unicode, ascii] = ['zo\u00eb@m\u00fcnchen.example', 'zo\u00eb@xn--mnchen-3ya.example'];
    const insert = () => database.unitOfWork.run(({ users }) => users.insert(sampleUser(unicode)));
    const insertion = await insert();
    const id = insertion.kind === 'inserted' ? insertion.user.id : null;
    const claims = async () => (await test.query('select email, user_id from auth_email_claims order by email')) as { email: string }[];
    expect(await claims()).to.have.deep.members([unicode, ascii].map((email) => ({ email, user_id: id })));
    await test.query('delete from auth_email_claims where email = ?', [ascii]);
    await test.query('update users set email = ? where id = ?', [ascii, id]);
    expect(await insert()).to.deep.equal({ kind: 'email_taken' });
    expect(await claims()).to.deep.equal([{ email: unicode, user_id: id }]);
  });

  it('are not read for longer addresses with the same beginning, which anyone can register', async () => {
    const add = (email: string) => test.query("insert into users (email, prenom, nom) values (?, '', '')", [email]);
    for (const email of ['Ann@Example.com\r\n', 'ann@example.com.evil.example', 'ann@example.com\u00e9.example']) await add(email);
    const patience = { connectionMs: 1000, answerMs: 1000, lockWaitSeconds: 1, statementMs: 0 };
    const orm = await openOrm({ target: targetOf(test.url), poolMax: 1, patience });
    const db = orm.em.fork().getKysely<OwnTables>();
    const existing = new ExistingTables({ map: referenceSchemaMap, columns: await readColumns(db, referenceSchemaMap, 'mysql') });
    const isCandidate = existing.mayHaveEmail(canonicalEmail('ann@example.com'));
    const { rows } = await sql<{ email: string }>`select u.email from users as u where ${isCandidate}`.execute(db);
    await orm.close(true);
    expect(rows.map(({ email }) => email)).to.deep.equal(['Ann@Example.com\r\n']);
  });

  it('have addresses out of reach of every look-up counted by a check', async () => {
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    const add = (email: string) => test.query("insert into users (email, prenom, nom) values (?, '', '')", [email]);
    const outOfReach = () => database.existingSchema.view(async (view) => (await view.addresses()).outOfReach);
    for (const email of ['CR@example.org\r', ' both@example.org\r', 'idn@xn--mnchen-3ya.example', 'no address', '\u3000']) await add(email);
    expect(await outOfReach()).to.deep.equal({ count: 0, ids: [] });
    await add('\t\t two@example.org');
    const [row] = (await test.query('select max(id) as id from users')) as { id: number }[];
    expect(await outOfReach()).to.deep.equal({ count: 1, ids: [String(row?.id)] });
    expect(await database.unitOfWork.run(({ users }) => users.insert(sampleUser('two@example.org')))).to.deep.equal({
      kind: 'email_taken',
    });
  });
});

describe('A server with settings of its own', () => {
  itInTime('is spoken to as any other: no text leaves its quotes, no text is cut, every time is UTC', async () => {
    await using server = await startDatabaseServer({
      extraArgs: ['--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES', '--default-time-zone=+05:00', '--transaction-isolation=SERIALIZABLE'],
    });
    await using test = await server.createDatabase();
    await test.loadExistingSchema();
    await using database = await openByUrl(test.url);
    await database.migrations.up();
    await round(database);
    expect(await database.stores.users.hasEmail(canonicalEmail("x\\' or 1=1 -- "))).to.equal(false);
    expect((await database.stores.credentials.findByEmail(canonicalEmail("\\' or 1=1 -- "))).kind).to.equal('none');
    expect(await database.stores.users.updateProfile(userId(1), { firstName: "O\\'Neil \\" })).to.include({ firstName: "O\\'Neil \\" });
    expect(await database.stores.users.find(userId(1))).to.include({ createdAt: Date.UTC(2019, 2, 4, 8, 12) });
    expect(await rejection(database.stores.users.updateProfile(userId(1), { firstName: 'n'.repeat(101) }))).to.have.property(
      'code',
      'validation_failed',
    );
    expect(Math.abs(database.clock.now() - Date.now())).to.be.lessThan(250);
  });
});
