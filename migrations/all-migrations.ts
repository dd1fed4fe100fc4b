import { CreateAuthSessions } from './20261122-0001-create-auth-sessions.js';
import { CreateAuditLogs } from './20261122-0002-create-audit-logs.js';
import { CreateAuthCredentials } from './20261122-0003-create-auth-credentials.js';
import { CreateAuthEmailClaims } from './20261122-0004-create-auth-email-claims.js';
import { CreateAuditSeals } from './20261122-0005-create-audit-seals.js';
import { CreateAuthDefinitions } from './20261122-0006-create-auth-definitions.js';
import { assertOwnTables } from './own-tables.js';

/** Every migration in the order in which they run, by file name. A released migration never changes. */
export const allMigrations = [
  { name: '20261122-0001-create-auth-sessions', class: CreateAuthSessions },
  { name: '20261122-0002-create-audit-logs', class: CreateAuditLogs },
  { name: '20261122-0003-create-auth-credentials', class: CreateAuthCredentials },
  { name: '20261122-0004-create-auth-email-claims', class: CreateAuthEmailClaims },
  { name: '20261122-0005-create-audit-seals', class: CreateAuditSeals },
  { name: '20261122-0006-create-auth-definitions', class: CreateAuthDefinitions },
] as const;

/** The input of a migrator: the list, and the guard that checks every statement. */
export const ownMigrations = { list: allMigrations, assertAllowed: assertOwnTables } as const;
