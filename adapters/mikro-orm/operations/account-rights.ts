import { sql } from 'kysely';
import type { Db } from '../own-entities.js';

/** Rights that a database user was granted, or that were revoked, on the names that match a pattern. */
interface Grant {
  readonly isRevoked: boolean;
  /** In capitals: `SELECT`, `ALL PRIVILEGES`, … */
  readonly rights: readonly string[];
  readonly database: RegExp;
  /** Null for every table. */
  readonly table: string | null;
}

const name = '(`(?:[^`]|``)+`|\\*)';
const shape = new RegExp(`^(GRANT|REVOKE) (.+) ON ${name}\\.${name} (?:TO|FROM) `, 'u');

/**
 * The rights of a database user, as the server returns them (`SHOW GRANTS`). A right on some columns of a table counts as one on the table.
 */
export class AccountRights {
  readonly #grants: readonly Grant[];

  /** `lines` may contain a hash of the database user's password: they are never logged or returned. */
  constructor(lines: readonly string[]) {
    this.#grants = lines.map(parseGrant).filter((grant) => grant !== null);
  }

  has(right: string, { database, table }: { readonly database: string; readonly table: string }): boolean {
    const concerns = (grant: Grant) =>
      grant.database.test(database) &&
      (grant.table === null || grant.table === table.toLowerCase()) &&
      (grant.rights.includes(right) || grant.rights.includes('ALL PRIVILEGES'));
    const relevant = this.#grants.filter(concerns);
    return relevant.some(({ isRevoked }) => !isRevoked) && !relevant.some(({ isRevoked }) => isRevoked);
  }
}

/** The rights of the current database user, with its roles. */
export async function readAccountRights(db: Db): Promise<AccountRights> {
  const { rows } = await sql<Readonly<Record<string, unknown>>>`show grants`.execute(db);
  const { rows: roles } = await sql<{ role: string | null }>`select current_role() as role`.execute(db);
  const lines = [...rows, ...(await rowsOfRoles(db, roles[0]?.role ?? null))].flatMap((row) => Object.values(row).map(String));
  return new AccountRights(lines);
}

/** MySQL returns them for each role, `role` being names in backticks; MariaDB has already returned them. */
async function rowsOfRoles(db: Db, role: string | null): Promise<readonly Readonly<Record<string, unknown>>[]> {
  if (role === null || !role.startsWith('`')) return [];
  const { rows } = await sql<Readonly<Record<string, unknown>>>`show grants for current_user() using ${sql.raw(role)}`.execute(db);
  return rows;
}

function parseGrant(line: string): Grant | null {
  const [, verb, rights = '', database = '', table = ''] = shape.exec(line) ?? [];
  if (verb === undefined) return null;
  return {
    isRevoked: verb === 'REVOKE',
    rights: rights
      .replace(/ ?\([^)]*\)/g, '')
      .split(',')
      .map((right) => right.trim().toUpperCase()),
    database: table === '*' ? patternOf(database) : patternOf(database.replace(/[%_\\]/g, '\\$&')),
    table: table === '*' ? null : unquoted(table).toLowerCase(),
  };
}

/** In a right on all tables `%` and `_` stand for any letters and any letter, unless a backslash precedes them. */
function patternOf(database: string): RegExp {
  if (database === '*') return /^/;
  const letters = unquoted(database).matchAll(/\\(.)|([%_])|(.)/gsu);
  const source = [...letters].map(([, escaped, wildcard, letter = escaped ?? '']) =>
    wildcard === undefined ? letter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&') : wildcard === '%' ? '.*' : '.',
  );
  return new RegExp(`^${source.join('')}$`, 'isu');
}

const unquoted = (quoted: string): string => quoted.slice(1, -1).replaceAll('``', '`');
