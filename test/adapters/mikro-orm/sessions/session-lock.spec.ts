import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { userId } from '../../../../core/domain/ids.js';
import { migratedDatabase } from '../../../contracts/support/migrated-database.js';
import { sampleSession } from '../../../kit/contracts/support/samples.js';

describe('The lock on a database server', () => {
  const place = migratedDatabase();
  beforeEach(() => place.test.query('delete from auth_sessions'));

  it('does not wait for sessions that were opened long ago, in a table of some size', async () => {
    const createdAt = Date.now() - 3_600_000;
    const ended = { createdAt, revokedAt: createdAt, revocationReason: 'admin' } as const;
    const old = Array.from({ length: 300 }, (_, index) => sampleSession(userId(index), ended));
    await place.database.unitOfWork.run(async ({ sessions }) => {
      for (const session of old) await sessions.open(session);
    });
    await place.test.query('analyze table auth_sessions');
    const lock = await place.database.unitOfWork.run(async ({ sessions }) => {
      for (const { id } of old.slice(0, 3)) await sessions.revoke({ kind: 'one', sessionId: id }, 'admin', createdAt);
      return place.database.sessionLock.acquire({ kind: 'all' }, Date.now());
    });
    expect(lock).not.to.equal(null);
    await lock?.release();
  });

  it('stays held until after the process that held it has ended', async () => {
    const holder = spawn(process.execPath, [fileURLToPath(new URL('../../support/lock-holder.js', import.meta.url)), place.test.url]);
    const [word] = (await once(holder.stdout, 'data')) as [Buffer];
    expect(String(word)).to.equal('held');
    const opened = place.database.stores.sessions.open(sampleSession(userId(1), { createdAt: Date.now() })).then(() => performance.now());
    await once(holder, 'exit');
    const endedAt = performance.now();
    expect(await opened).to.be.above(endedAt);
  });

  it('blocks the sessions of one user only', async () => {
    const { sessions } = place.database.stores;
    for (let owner = 1; owner <= 20; owner += 1) {
      const ended = { revokedAt: Date.now(), revocationReason: 'admin' } as const;
      await sessions.open(sampleSession(userId(owner * 10), { createdAt: Date.now(), ...ended }));
    }
    const lock = await place.database.sessionLock.acquire({ kind: 'of_user', userId: userId(50) }, Date.now());
    expect(lock).not.to.equal(null);
    const opened = sessions.open(sampleSession(userId(120), { createdAt: Date.now() })).then(() => 'opened');
    expect(await Promise.race([opened, delay(5000, 'kept out', { ref: false })])).to.equal('opened');
    await lock?.release();
  });
});
