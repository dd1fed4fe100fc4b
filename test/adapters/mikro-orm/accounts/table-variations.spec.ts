import { expect } from 'chai';
import { referenceSchemaMap } from '../../../../adapters/mikro-orm/schema-map/reference-schema-map.js';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import { userId } from '../../../../core/domain/ids.js';
import { openByUrl } from '../../../contracts/support/open-test-database.js';
import { atOnce, rejection, sampleUser, t0, tally, violatedField } from '../../../kit/contracts/support/samples.js';
import { sharedDatabaseServer } from '../../../support/servers/shared-database.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';
import { variations } from '../../support/table-variations.js';

const newHash = '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA';
const spellings = ['zoe@example.org', 'ZOE@example.org', ' zoe@example.org', 'Zoe@Example.Org ', 'zoe@EXAMPLE.ORG'];
describe('Existing tables of other kinds', () => {
  let test: TestDatabase;
  const loadTables = async (statements: readonly string[]) => {
    test = await (await sharedDatabaseServer()).createDatabase();
    await test.loadExistingSchema({ rows: false });
    for (const statement of statements) await test.query(statement);
  };
  const open = async () => {
    const database = await openByUrl(test.url);
    database.assertMapped();
    await database.migrations.up();
    return database;
  };
  const count = async (table: string) => ((await test.query(`select count(*) as count from ${table}`)) as { count: number }[])[0]?.count;
  afterEach(() => test?.[Symbol.asyncDispose]());

  for (const [kind, statements] of Object.entries(variations)) {
    describe(kind, () => {
      beforeEach(() => loadTables(statements));
      const isNarrow = kind.startsWith('a password column');
      /** What the first name cannot hold. */
      const isRefused = (text: string) => kind.includes('latin1') || (kind.includes('utf8mb3') && text === '😀');

      it('give one of 50 registrations of one address in five spellings, over two pools, an account: one row', async () => {
        await using one = await open();
        await using two = await open();
        const insertions = await atOnce(50, (index) =>
          (index % 2 === 0 ? one : two).unitOfWork.run(({ users }) => users.insert(sampleUser(spellings[index % 5] ?? ''))),
        );
        expect(tally(insertions.map(({ kind: outcome }) => outcome))).to.deep.equal({ inserted: 1, email_taken: 49 });
        expect(await count('users')).to.equal(1);
      });

      it('take a registration, a login and new passwords, and cut nothing', async () => {
        await using database = await open();
        const { unitOfWork, stores } = database;
        const id = await unitOfWork.run(async ({ users, credentials }) => {
          const insertion = await users.insert(sampleUser('zoe@example.org'));
          if (insertion.kind !== 'inserted') throw new Error(insertion.kind);
          await credentials.add(insertion.user.id, newHash);
          return insertion.user.id;
        });
        expect(await stores.users.find(id)).to.include({ firstName: 'Zoé', lastName: 'Lemaître' });
        const credential = await stores.credentials.findByUser(id);
        expect(credential).to.include({ passwordHash: newHash });
        const login = credential && (await stores.credentials.recordLogin({ credential, at: t0, upgradedHash: `${newHash}1` }));
        expect(login).to.equal(true);
        const upgraded = await stores.credentials.findByUser(id);
        expect(upgraded).to.include({ passwordHash: `${newHash}1` });
        expect(upgraded && (await stores.credentials.replace(upgraded, `${newHash}2`))).to.equal(true);
        const [theirs] = (await test.query('select mot_de_passe as hash from acces_app')) as { hash: string }[];
        expect(theirs?.hash).to.equal(isNarrow ? '!' : `${newHash}2`);
        expect(await stores.credentials.findByEmail(canonicalEmail(' ZOE@example.org'))).to.have.nested.property(
          'credential.passwordHash',
          `${newHash}2`,
        );
      });

      it('have addresses found as they are stored, with surrounding blanks and with their domains in either form', async () => {
        await using database = await open();
        const { users, credentials } = database.stores;
        for (const [stored, typed] of [
          ['CR@example.org\r', 'cr@example.org'],
          ['\u00a0nbsp@example.org', 'nbsp@example.org'],
          ['Idn@m\u00fcnchen.example', 'idn@xn--mnchen-3ya.example'],
          ['ace@xn--mnchen-3ya.example', 'ace@m\u00fcnchen.example'],
          ['\t\t far@example.org', null],
        ] as const) {
          await test.query("insert into users (email, prenom, nom) values (?, '', '')", [stored]);
          await test.query("insert into acces_app (user_id, mot_de_passe) select max(id), '!' from users");
          const email = canonicalEmail(typed ?? stored);
          expect((await credentials.findByEmail(email)).kind, stored).to.equal(typed === null ? 'none' : 'found');
          expect(await users.findByEmail(email), stored).to.have.length(typed === null ? 0 : 1);
          expect(await database.unitOfWork.run((stores) => stores.users.insert(sampleUser(email)))).to.deep.equal({ kind: 'email_taken' });
        }
        const { shared, outOfReach } = await database.existingSchema.view((view) => view.addresses());
        expect([shared.count, outOfReach.count]).to.deep.equal([0, 1]);
      });

      it('store letters that their character set lacks not at all or not completely, and find no other user by them', async () => {
        await using database = await open();
        const { stores, unitOfWork } = database;
        await unitOfWork.run(({ users }) => users.insert(sampleUser('zoe@example.org')));
        let stored = 'Zoé';
        for (const text of ['東京', '😀', 'Ж']) {
          expect(await stores.users.hasEmail(canonicalEmail(`${text}@example.org`))).to.equal(false);
          expect(await stores.users.list({ search: text, after: null, limit: 10 })).to.deep.equal([]);
          expect(await stores.credentials.findByEmail(canonicalEmail(`zoe${text}@example.org`))).to.deep.equal({ kind: 'none' });
          const [row] = (await test.query('select id from users')) as { id: number }[];
          const id = userId(row?.id ?? 0);
          const outcome = await stores.users.updateProfile(id, { firstName: text }).catch((error: unknown) => error);
          if (isRefused(text)) expect(violatedField(outcome)).to.equal('firstName');
          else stored = text;
          expect((await stores.users.find(id))?.firstName).to.equal(stored);
        }
      });
    });
  }

  it('list the columns that a new row needs, take them from the mapping, and are refused without it', async () => {
    await loadTables([
      'alter table users add pays char(2) not null, add cree_le date not null, add points int not null, add libre varchar(9) not null default "x"',
    ]);
    const refused = await openByUrl(test.url);
    expect(() => refused.assertMapped()).to.throw(
      /users\.new_row: a new row of table "users" needs a value for its column "pays".*"cree_le".*"points"/,
    );
    await refused[Symbol.asyncDispose]();
    const users = { ...referenceSchemaMap.users, fills: { pays: 'FR', cree_le: { kind: 'now' }, points: 0 } } as const;
    await using database = await openByUrl(test.url, { schemaMap: { ...referenceSchemaMap, users } });
    database.assertMapped();
    await database.migrations.up();
    await database.unitOfWork.run((stores) => stores.users.insert(sampleUser('zoe@example.org')));
    expect(await test.query("select pays, concat(cree_le, '') as cree_le, points, libre from users")).to.deep.equal([
      { pays: 'FR', cree_le: '2026-03-04', points: 0, libre: 'x' },
    ]);
  });

  for (const mode of ['', 'STRICT_ALL_TABLES', 'NO_BACKSLASH_ESCAPES']) {
    it(`have nothing cut under a server's sql_mode of "${mode}"`, async () => {
      await loadTables([]);
      const [before] = (await test.query('select @@global.sql_mode as mode')) as { mode: string }[];
      await test.query('set global sql_mode = ?', [mode]);
      try {
        await using database = await open();
        const insert = (firstName: string) =>
          database.unitOfWork.run((stores) => stores.users.insert(sampleUser('zoe@example.org', { firstName })));
        expect(violatedField(await rejection(insert('n'.repeat(101))))).to.equal('firstName');
        expect(await count('users')).to.equal(0);
        expect(await insert("O\\'Neil")).to.have.nested.property('user.firstName', "O\\'Neil");
      } finally {
        await test.query('set global sql_mode = ?', [before?.mode ?? '']);
      }
    });
  }

  it('that already hold one address twice admit neither account, and reject a third registration', async () => {
    await loadTables(['alter table users drop index uq_users_email']);
    for (const email of ['Zoe@example.org', ' zoe@EXAMPLE.org']) {
      await test.query("insert into users (email, prenom, nom) values (?, 'Zoé', 'Lemaître')", [email]);
      await test.query('insert into acces_app (user_id, mot_de_passe) select max(id), ? from users', [newHash]);
    }
    await using database = await open();
    const email = canonicalEmail('zoe@example.org');
    expect(await database.stores.credentials.findByEmail(email)).to.deep.equal({ kind: 'ambiguous' });
    expect(await database.unitOfWork.run(({ users }) => users.insert(sampleUser(email)))).to.deep.equal({ kind: 'email_taken' });
  });
});
