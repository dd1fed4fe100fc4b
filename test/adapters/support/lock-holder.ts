import { openByUrl } from '../../contracts/support/open-test-database.js';

/** A process that holds the lock for all users, reports it, and ends. */
const database = await openByUrl(process.argv[2] ?? '');
const lock = await database.sessionLock.acquire({ kind: 'all' }, Date.now());
process.stdout.write(lock === null ? 'free' : 'held');
await database[Symbol.asyncDispose]();
