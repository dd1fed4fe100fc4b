import type { SessionLock } from '../../../core/ports/sessions/session-lock.js';
import type { DatabaseTarget } from '../database-target.js';
import { MysqlSessionLock } from './mysql-session-lock.js';
import { SqliteSessionLock } from './sqlite-session-lock.js';

export const sessionLockFor = (target: DatabaseTarget): SessionLock =>
  target.kind === 'mysql' ? new MysqlSessionLock({ target }) : new SqliteSessionLock({ file: target.file });
