import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { type Connection, createConnection } from 'mysql2/promise';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import { SharedTransactions } from '../../../adapters/mikro-orm/sql/shared-transactions.js';
import type { ProfileChanges } from '../../../core/domain/accounts/user.js';
import { auditEvent } from '../../../core/domain/audit/audit-event.js';
import type { UserId } from '../../../core/domain/ids.js';
import { existingHands } from '../../contracts/support/existing-hands.js';
import { isSomebodyWaiting } from '../../contracts/support/is-somebody-waiting.js';
import { openMigrated } from '../../contracts/support/migrated-database.js';
import { statementsOf } from '../../contracts/support/statement-counts.js';
import { eventually } from '../../journeys/support/phone.js';
import { atOnce, origin, rejection, t0 } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';
import { violationsOf } from '../../support/refusal.js';
import { type DatabaseServer, startDatabaseServer } from '../../support/servers/database-server.js';
import type { TestDatabase } from '../../support/servers/test-database.js';

/** The group gives up after about a second, and waits once for all of it; one wait for each would be eleven seconds. */
const maxWaitMs = 6000;

describe('Transactions that units of work share', () => {
  let server: DatabaseServer;
  let test: TestDatabase;
  let database: Database;
  let other: Connection;
  const people: UserId[] = [];
  let round = 0;

  before(async () => {
    server = await startDatabaseServer();
    ({ test, database } = await openMigrated(server, { poolMax: 6 }));
    other = await createConnection({ uri: test.rootUrl });
    const { addUser } = existingHands((sql, params) => test.query(sql, params));
    for (let index = 0; index < 12; index += 1) people.push(await addUser({ email: `p${index}@example.org`, lastName: `P${index}` }));
  });
  beforeEach(() => {
    round += 1;
  });
  afterEach(() => other.rollback());
  after(async () => {
    other?.destroy();
    await database?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const rename = (id: UserId, lastName: string) =>
    database.unitOfWork.run(
      async ({ users, audit }) => {
        const user = await users.updateProfile(id, { lastName });
        await audit.record(
          auditEvent({ occurredAt: t0, event: 'profile_update', outcome: 'success', origin, userId: id, details: { round } }),
        );
        return user?.lastName;
      },
      { subject: id },
    );
  const renameAll = () => Promise.all(people.map((id, index) => rename(id, `R${round}P${index}`)));

  /** Each has the new name, and one row in the audit log, whatever happened on the way. */
  const expectAllRenamed = async () => {
    const expected = people.map((_, index) => `R${round}P${index}`);
    const stored = (await test.query('select nom from users order by id')) as { readonly nom: string }[];
    expect(stored.map(({ nom }) => nom)).to.deep.equal(expected);
    const audited = (await test.query('select user_id, count(*) as n from audit_logs where details = ? group by user_id', [
      JSON.stringify({ round }),
    ])) as { readonly n: number }[];
    expect(audited.map(({ n }) => Number(n))).to.deep.equal(people.map(() => 1));
  };

  it('read and write in few statements, and end in one commit', async () => {
    const spent = await statementsOf(test, async () => {
      expect(await renameAll()).to.deep.equal(people.map((_, index) => `R${round}P${index}`));
    });
    expect([spent('commit'), spent('update')]).to.deep.equal([1, 1]);
    expect(spent('select')).to.be.at.most(6);
    await expectAllRenamed();
  });

  it('change of each what he asked for and nothing else, and refuse alone what does not fit', async () => {
    const change = (id: UserId, changes: ProfileChanges) =>
      database.unitOfWork.run(({ users }) => users.updateProfile(id, changes), { subject: id });
    await Promise.all(people.map((id, index) => change(id, { firstName: 'Anna', lastName: `L${index}`, phone: '1' })));
    const wanted: readonly ProfileChanges[] = [
      { lastName: "D'Arc" },
      { lastName: 'Ünal \\ 東京 ?' },
      { lastName: 'x'.repeat(101) },
      { phone: null },
      { phone: '+33612345678' },
      { firstName: 'Zoé', lastName: '', phone: null },
      { firstName: 'Ana', lastName: 'B', phone: '2' },
    ];
    const outcomes = await Promise.allSettled(wanted.map((changes, index) => change(people[index] as UserId, changes)));
    expect(outcomes.map(({ status }) => status)).to.deep.equal(wanted.map((_, index) => (index === 2 ? 'rejected' : 'fulfilled')));
    const refusal = (outcomes[2] as PromiseRejectedResult).reason;
    expect(refusal).to.include({ code: 'validation_failed' });
    expect(violationsOf(refusal)).to.have.lengthOf(1).and.to.have.nested.property('0.field', 'lastName');
    const rows = await test.query('select prenom as firstName, nom as lastName, telephone as phone from users order by id');
    const unchanged = (index: number) => ({ firstName: 'Anna', lastName: `L${index}`, phone: '1' });
    expect(rows).to.deep.equal(people.map((_, index) => ({ ...unchanged(index), ...(index === 2 ? {} : wanted[index]) })));
  });

  it('hold nobody up for long where others hold a row of one of them', async () => {
    await other.beginTransaction();
    await other.query('select id from users where id = ? for update', [people[4]]);
    const held = renameAll();
    held.catch(() => {}); // awaited below
    const startedAt = performance.now();
    for (const [index, id] of people.entries()) if (index !== 4) await rename(id, `R${round}P${index}`);
    expect(performance.now() - startedAt, 'milliseconds, though the row is still held').to.be.below(maxWaitMs);
    await other.rollback();
    await held.catch(() => {});
  });

  itInTime('are undone in a deadlock, and nothing that was still to be sent is committed by itself', async () => {
    await delay(2100); // until they are shared again
    await other.beginTransaction();
    await other.query('delete from audit_logs'); // much to undo: the server ends the other one
    await other.query('select id from users where id = ? for update', [people[4]]);
    const all = renameAll();
    all.catch(() => {}); // awaited below
    await eventually(
      () => isSomebodyWaiting(test),
      (is) => is,
      900,
    );
    await other.query('select id from users where id = ? for update', [people[0]]);
    await other.rollback();
    expect(await all).to.deep.equal(people.map((_, index) => `R${round}P${index}`));
    await expectAllRenamed();
  });

  it('are not done again when it is not known whether they were committed', async () => {
    let runs = 0;
    const broken = new Error('connection lost');
    const shared = new SharedTransactions<null>({
      begin: (work) => work(null).then(() => Promise.reject(broken)),
      alone: (work) => work(null),
    });
    const work = async () => {
      runs += 1;
    };
    const failures = await atOnce(3, (index) => rejection(shared.run(`${index}`, work)));
    expect(failures).to.deep.equal([broken, broken, broken]);
    expect(runs).to.equal(3);
  });
});
