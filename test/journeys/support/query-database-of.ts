import { join } from 'node:path';
import { sqliteQuery } from '../../contracts/support/sqlite-harness.js';
import type { Stage } from './stage.js';

/** Statements of another application on the database of a stage. An embedded one must be there already, and no server open on it. */
export const queryDatabaseOf = ({ database, cwd }: Stage): ReturnType<typeof sqliteQuery> =>
  database === null ? sqliteQuery(join(cwd, 'data/move-acces.db')) : (sql, params) => database.query(sql, params);
