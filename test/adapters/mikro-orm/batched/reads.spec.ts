import { expect } from 'chai';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import { canonicalEmail } from '../../../../core/domain/accounts/email-address.js';
import { type UserId, userId } from '../../../../core/domain/ids.js';
import type { CredentialLookup } from '../../../../core/ports/accounts/credential-store.js';
import { existingHands } from '../../../contracts/support/existing-hands.js';
import { openMigrated } from '../../../contracts/support/migrated-database.js';
import { openByUrl } from '../../../contracts/support/open-test-database.js';
import { newSessionId, sampleSession } from '../../../kit/contracts/support/samples.js';
import { type DatabaseServer, startDatabaseServer } from '../../../support/servers/database-server.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';

const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA';

describe('Reads of one event-loop turn', () => {
  let server: DatabaseServer;
  let test: TestDatabase;
  let database: Database;
  const people: UserId[] = [];

  before(async () => {
    server = await startDatabaseServer();
    ({ test, database } = await openMigrated(server, { poolMax: 2 }));
    const { addUser } = existingHands((sql, params) => test.query(sql, params));
    for (let index = 0; index < 120; index += 1) {
      people.push(await addUser({ email: ` P${index}@Example.org`, lastName: `P${index}`, ...(index < 12 && { passwordHash }) }));
    }
    await addUser({ email: 'rené@example.org', passwordHash });
  });
  after(async () => {
    await database?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  /** The number of SELECTs that the server ran while `work` ran. */
  const selectsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const count = async () => Number(((await test.query(`show global status like 'Com_select'`)) as { Value: string }[])[0]?.Value);
    const before = await count();
    await work();
    return (await count()) - before;
  };

  it('are one statement for each hundred keys, and each caller gets its own row', async () => {
    const asked = [...people, ...people.slice(0, 50), userId(999_999), userId('12abc'), userId('9223372036854775808')];
    for (const read of ['find', 'findSubscribed'] as const) {
      const names: unknown[] = [];
      const selects = await selectsOf(async () => {
        for (const user of await Promise.all(asked.map((id) => database.stores.users[read](id)))) names.push(user?.lastName);
      });
      const expected = people.map((_, index) => `P${index}`);
      expect(names).to.deep.equal([...expected, ...expected.slice(0, 50), undefined, undefined, undefined]);
      expect(selects).to.be.within(2, 4); // the clock of the database asks one now and then
    }
  });

  it('are one statement for sessions too', async () => {
    const sessions = people.slice(0, 20).map((person) => sampleSession(person));
    for (const session of sessions) await database.stores.sessions.open(session);
    let found: unknown[] = [];
    const ids = [...sessions.map(({ id }) => id), newSessionId()];
    const selects = await selectsOf(async () => {
      found = await Promise.all(ids.map((id) => database.stores.sessions.find(id)));
    });
    expect(found).to.deep.equal([...sessions, null]);
    expect(selects).to.be.within(1, 3);
  });

  it('are one statement for credentials, by address in any spelling', async () => {
    const addresses = people.slice(0, 12).map((_, index) => canonicalEmail(`p${index}@example.org`));
    let found: readonly CredentialLookup[] = [];
    const selects = await selectsOf(async () => {
      found = await Promise.all([...addresses, ...addresses].map((email) => database.stores.credentials.findByEmail(email)));
    });
    const ids = found.map((lookup) => lookup.kind === 'found' && lookup.credential.userId);
    expect(ids).to.deep.equal([...people.slice(0, 12), ...people.slice(0, 12)]);
    expect(selects).to.be.within(1, 3);
  });

  it('find addresses that are in no list, and those that no account has, beside others', async () => {
    const asked = ['rené@example.org', 'rene@example.org', '東京@example.org', "x' or '1'='1", 'p0@example.org'].map(canonicalEmail);
    const lookups = await Promise.all(asked.map((email) => database.stores.credentials.findByEmail(email)));
    expect(lookups.map(({ kind }) => kind)).to.deep.equal(['found', 'none', 'none', 'none', 'found']);
  });

  it('are a statement each where nothing is batched', async () => {
    await using plain = await openByUrl(test.url, { isBatching: false });
    const selects = await selectsOf(() => Promise.all(people.slice(0, 20).map((id) => plain.stores.users.find(id))));
    expect(selects).to.be.at.least(20);
  });

  it('see what was committed before they were asked', async () => {
    const [first = userId(0)] = people;
    for (let round = 0; round < 50; round += 1) {
      const unheeded = database.stores.users.find(first);
      const phone = `+3361${String(round).padStart(7, '0')}`;
      await test.query('update users set telephone = ? where id = ?', [phone, first]);
      expect(await database.stores.users.find(first)).to.include({ phone });
      await unheeded;
    }
  });

  it('fail together, and the next ones are answered again', async () => {
    await server.kill();
    const failures = await Promise.allSettled(people.slice(0, 10).map((id) => database.stores.users.find(id)));
    expect(failures.map(({ status }) => status)).to.deep.equal(failures.map(() => 'rejected'));
    await server.start();
    expect(await database.stores.users.find(people[3] ?? userId(0))).to.include({ lastName: 'P3' });
  });
});
