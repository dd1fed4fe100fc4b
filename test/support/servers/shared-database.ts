import { startDatabaseServer } from './database-server.js';
import { shared } from './shared.js';

/** The process's database server, started by the first call. */
export const sharedDatabaseServer = shared(() => startDatabaseServer());
