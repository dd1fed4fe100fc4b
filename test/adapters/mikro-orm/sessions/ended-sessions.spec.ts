import { expect } from 'chai';
import { sessionLockFor } from '../../../../adapters/mikro-orm/sessions/session-lock-for.js';
import { userId } from '../../../../core/domain/ids.js';
import type { Session } from '../../../../core/domain/sessions/session.js';
import { sampleSession, t0 } from '../../../kit/contracts/support/samples.js';
import { targetOf } from '../../../support/database-target.js';
import { databaseOfEachTest } from '../../support/database-of-each-test.js';

const dayMs = 86_400_000;
const keptMs = 90 * dayMs;
const endedSessions = 32_768;
const liveSessions = 2048;
const users = 300;
/** Rows of one user, of fifteen minutes, or of nothing: far below those of the table, or of one of its indexes. */
const maxRowsRead = 500;

describe('The statements on sessions, with those of 90 days in the table', () => {
  const own = databaseOfEachTest({ poolMax: 2 });
  let phone: Session;
  beforeEach(async () => {
    const { test, database } = own;
    await test.query('create table numbers (n int not null primary key)');
    await test.query('insert into numbers values (0)');
    for (let size = 1; size < endedSessions; size *= 2) await test.query(`insert into numbers select n + ${size} from numbers`);
    const id = (first: string) => `concat('${first}', lower(lpad(hex(n), 7, '0')), '-0000-7000-8000-000000000000')`;
    const columns = 'id, user_id, refresh_counter, created_at, last_seen_at, idle_expires_at, expires_at, revoked_at, revocation_reason';
    // Every other one was revoked, the others expired.
    const endedAt = `${t0} - 1000 - n * ${Math.floor(keptMs / endedSessions)}`;
    const ended = `${endedAt} - ${dayMs}, ${endedAt} - ${dayMs}, ${endedAt}, ${endedAt}`;
    await test.query(`insert into auth_sessions (${columns}) select ${id('0')}, mod(n, ${users}), 0, ${ended},
      if(mod(n, 2) = 0, ${endedAt}, null), if(mod(n, 2) = 0, 'logout', null) from numbers`);
    await test.query(`insert into auth_sessions (${columns}) select ${id('1')}, ${users} + n, 0, ${t0}, ${t0}, ${t0 + dayMs}, ${t0 + dayMs},
      null, null from numbers where n < ${liveSessions}`);
    await test.query('drop table numbers');
    await test.query('analyze table auth_sessions');
    phone = sampleSession(userId(1));
    await database.stores.sessions.open(phone);
  });

  /** Of all connections: only the test uses this server. */
  const rowsReadSoFar = async () => {
    const rows = (await own.test.query("show global status like 'Handler_read%'")) as { readonly Value: string }[];
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  const rowsReadBy = async (work: () => Promise<unknown>) => {
    const before = await rowsReadSoFar();
    await work();
    return (await rowsReadSoFar()) - before;
  };

  it('read the rows that they are about, and no table or index from end to end', async () => {
    const { sessions } = own.database.stores;
    const lock = sessionLockFor(targetOf(own.test.url));
    const works: Readonly<Record<string, () => Promise<unknown>>> = {
      find: () => sessions.find(phone.id),
      listLive: () => sessions.listLive(phone.userId, t0),
      revokedSince: () => sessions.revokedSince(t0 - 900_000),
      'prune, with nothing to delete': () => sessions.prune(t0 - keptMs, 500),
      'prune, with something': () => sessions.prune(t0 - keptMs + 900_000, 500),
      'shut the lock of one user': async () => (await lock.acquire({ kind: 'of_user', userId: userId(2) }, t0))?.release(),
      'make room for one more': () => sessions.makeRoom(userId(2), { max: 10, now: t0, forgetBefore: t0 - 1 }),
      'revoke one': () => sessions.revoke({ kind: 'one', sessionId: phone.id }, 'logout', t0),
      'revoke those of one user': () => sessions.revoke({ kind: 'of_user', userId: userId(2) }, 'admin', t0),
    };
    const ownRows = await rowsReadBy(async () => {});
    for (const [name, work] of Object.entries(works)) {
      expect((await rowsReadBy(work)) - ownRows, name).to.be.at.most(maxRowsRead);
    }
    expect(await rowsReadBy(() => own.test.query('select count(device_name) from auth_sessions'))).to.be.above(endedSessions);
  });
});
