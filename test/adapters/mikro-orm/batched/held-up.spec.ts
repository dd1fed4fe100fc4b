import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { type Connection, createConnection } from 'mysql2/promise';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import type { UserId } from '../../../../core/domain/ids.js';
import { median } from '../../../../tools/bench/median.js';
import { existingHands } from '../../../contracts/support/existing-hands.js';
import { openMigrated } from '../../../contracts/support/migrated-database.js';
import { itInTime } from '../../../support/it-in-time.js';
import { type DatabaseServer, startDatabaseServer } from '../../../support/servers/database-server.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';

/** Rows that another application locks. */
const lockedRows = 8;
/** A transaction on a free row takes some milliseconds; the wait for a locked one a second. */
const maxWaitMs = 500;

describe('Work on rows that another application has locked', () => {
  let server: DatabaseServer;
  let test: TestDatabase;
  let database: Database;
  let other: Connection;
  const people: UserId[] = [];

  before(async () => {
    server = await startDatabaseServer();
    ({ test, database } = await openMigrated(server, { poolMax: 10 }));
    other = await createConnection({ uri: test.rootUrl });
    const { addUser } = existingHands((sql, params) => test.query(sql, params));
    for (let index = 0; index < 24; index += 1) people.push(await addUser({ email: `p${index}@example.org`, lastName: `P${index}` }));
    await database.warmUp();
  });
  afterEach(() => other.rollback());
  after(async () => {
    other?.destroy();
    await database?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const rename = (id: UserId, lastName: string) => database.unitOfWork.run(({ users }) => users.updateProfile(id, { lastName }));
  const lock = async (ids: readonly UserId[]) => {
    await other.beginTransaction();
    for (const id of ids) await other.query('select id from users where id = ? for update', [Number(id)]); // a list may lock every row
  };

  itInTime('waits in two places of its own: strangers do not wait, and reads neither', async () => {
    const [locked, strangers] = [people.slice(0, lockedRows), people.slice(lockedRows)];
    await lock(locked);
    const until = performance.now() + 4000;
    const failures: unknown[] = [];
    const heldUp = locked.map(async (id) => {
      while (performance.now() < until) await rename(id, 'held').catch((error: unknown) => failures.push(error));
    });
    const waits: number[] = [];
    const others = strangers.map(async (id, index) => {
      for (let round = 0; performance.now() < until; round += 1) {
        const startedAt = performance.now();
        expect((await rename(id, `S${index}R${round}`))?.lastName).to.equal(`S${index}R${round}`);
        await database.stores.users.find(locked[index % lockedRows] as UserId);
        waits.push(performance.now() - startedAt);
        await delay(5);
      }
    });
    await Promise.all([...heldUp, ...others]);
    for (const failure of failures) expect(failure).to.include({ code: 'dependency_unavailable' });
    expect(failures).to.have.length.above(0);
    expect(median(waits), 'milliseconds in the median').to.be.below(100);
    expect(Math.max(...waits), 'milliseconds at most').to.be.below(maxWaitMs);
  });

  it('is done once the row is free', async () => {
    const ids = people.slice(0, 3);
    await lock(ids);
    const renamed = ids.map((id) => rename(id, 'free'));
    await delay(700);
    await other.rollback();
    for (const user of await Promise.all(renamed)) expect(user).to.include({ lastName: 'free' });
  });

  it('is undone where its caller no longer waits, and takes no place any more', async () => {
    const [id = people[0] as UserId] = people;
    await lock([id]);
    const gone = new AbortController();
    const work = database.unitOfWork.run(({ users }) => users.updateProfile(id, { lastName: 'late' }), { signal: gone.signal });
    setTimeout(() => gone.abort(), 200);
    expect(await work.catch(({ code }: { readonly code: string }) => code)).to.equal('dependency_unavailable');
    await other.rollback();
    expect((await database.stores.users.find(id))?.lastName).not.to.equal('late');
  });
});
