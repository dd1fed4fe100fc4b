import { openByUrl } from './open-test-database.js';

/** A process that shuts the gate for everybody, says so, and ends. */
const database = await openByUrl(process.argv[2] ?? '');
const gate = await database.sessionGate.shut({ kind: 'all' }, Date.now());
process.stdout.write(gate === null ? 'open' : 'shut');
await database[Symbol.asyncDispose]();
