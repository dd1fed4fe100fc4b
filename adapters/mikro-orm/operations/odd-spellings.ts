import { type RawBuilder, sql } from 'kysely';
import type { SqlFlavour } from '../sql/sql-flavour.js';

const odd = '[^ -~]|^  |@.*xn--|[.] *$';

/**
 * Returns whether an address is stored in a spelling that a database's text functions do not convert to the canonical form: with non-ASCII
 * letters, control characters, several spaces in front, or a domain that has two forms or ends with a dot.
 */
export const isOddSpelling = (stored: string): boolean => new RegExp(odd).test(stored.toLowerCase());

/** The same check in SQL. */
export function hasOddSpelling(kind: SqlFlavour['kind'], stored: RawBuilder<unknown>): RawBuilder<unknown> {
  if (kind === 'mysql') return sql`convert(lower(${stored}) using utf8mb4) collate utf8mb4_bin regexp ${odd}`;
  return sql`(${stored} glob '*[^ -~]*' or ${stored} glob '  *' or lower(${stored}) glob '*@*xn--*'
    or rtrim(${stored}) glob '*.')`;
}
