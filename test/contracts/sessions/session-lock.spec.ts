import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sessionLockContract } from '../../kit/contracts/sessions/session-lock.contract.js';
import { ownOpener } from '../../kit/contracts/support/session-opener.js';
import { memoryHarnesses } from '../support/memory-harnesses.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { openByFile } from '../support/open-test-database.js';
import { threadOpener } from '../support/thread-opener.js';

sessionLockContract('memory', memoryHarnesses.sessionLock);

sessionLockContract('the embedded database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'move-acces-lock-'));
  const file = join(folder, 'test.db');
  const database = await openByFile(file);
  await database.migrations.up();
  const opener = await threadOpener(file);
  return {
    lock: database.sessionLock,
    sessions: database.stores.sessions,
    opener,
    [Symbol.asyncDispose]: async () => {
      await opener[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});

describe('The lock of sessions on a database server', () => {
  const place = migratedDatabase();
  beforeEach(() => place.test.query('delete from auth_sessions'));

  sessionLockContract('the server', async () => ({
    lock: place.database.sessionLock,
    sessions: place.database.stores.sessions,
    opener: ownOpener(place.database.unitOfWork),
    [Symbol.asyncDispose]: async () => {},
  }));
});
