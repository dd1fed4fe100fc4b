import type { SessionGate } from '../../../core/ports/sessions/session-gate.js';
import type { DatabaseTarget } from '../database-target.js';
import { MysqlSessionGate } from './mysql-session-gate.js';
import { SqliteSessionGate } from './sqlite-session-gate.js';

export const sessionGateFor = (target: DatabaseTarget): SessionGate =>
  target.kind === 'mysql' ? new MysqlSessionGate({ target }) : new SqliteSessionGate({ file: target.file });
