import { type RawBuilder, sql } from 'kysely';
import type { EmailAddress } from '../../../core/domain/accounts/email-address.js';
import type { SqlFlavour } from '../sql/sql-flavour.js';
import { addressSpellings, isPlainAddress, tails, unseenLedPatterns } from './address-spellings.js';
import type { ColumnFacts } from './column-facts.js';

export interface AddressColumnOptions {
  /** Its name in the users table, which is `u`. */
  readonly column: string;
  readonly facts: Pick<ColumnFacts, 'collation' | 'isCaseSensitive'> | null;
  /** A text as the column can be compared with it. */
  readonly text: (text: string) => RawBuilder<unknown>;
}

/** Conditions on the column of addresses. */
export class AddressColumn {
  readonly #stored: RawBuilder<unknown>;
  readonly #collation: string | null;
  readonly #text: (text: string) => RawBuilder<unknown>;

  constructor({ column, facts, text }: AddressColumnOptions) {
    const stored = sql.ref(`u.${column}`);
    this.#stored = facts?.isCaseSensitive ? sql`lower(${stored})` : stored;
    this.#collation = facts?.collation ?? null;
    this.#text = text;
  }

  /**
   * Finds the candidates for an address by the index on its column. The column's collation finds other spellings of case; the condition
   * also lists spellings with blanks around the address. Where the collation distinguishes case, the index is of no use. The caller still
   * has to compare each row found with the address.
   */
  mayBe(...emails: readonly EmailAddress[]): RawBuilder<unknown> {
    const { exact, patterns } = addressSpellings(emails);
    const likes = patterns.map(
      (pattern) => sql` or (${this.#isLike(pattern)} and instr(${this.#text(tails)}, substr(${this.#stored}, -1)) > 0)`,
    );
    return sql`(${this.#stored} in (${sql.join(exact.map(this.#text))})${sql.join(likes, sql``)})`;
  }

  /**
   * Finds more of them: those behind blanks and invisible characters of any kind and number. Reads every row that begins with one, which
   * are few in most tables: for registrations alone.
   */
  mayBeBehindUnseen(email: EmailAddress, kind: SqlFlavour['kind']): RawBuilder<unknown> {
    const { led, containing } = unseenLedPatterns(email, this.#collation);
    const contains = anyOf(containing.map((pattern) => this.#isLike(pattern)));
    if (kind === 'mysql') return sql`(${anyOf(led.map((pattern) => this.#isLike(pattern)))} and ${contains})`;
    // SQLite uses the index for a flat list alone; a server takes twice as long to plan it.
    return anyOf(led.map((pattern) => sql`(${this.#isLike(pattern)} and ${contains})`));
  }

  /** Whether an address is looked up by the same text as every other such address: not where parameters have to be converted. */
  isOrdinary(email: EmailAddress): boolean {
    return isPlainAddress(email) && (this.#collation === null || this.#collation.startsWith('utf8mb4'));
  }

  /** The parameters of `mayBe`, in their order. */
  parameters(email: EmailAddress): readonly string[] {
    const { exact, patterns } = addressSpellings([email]);
    return [...exact, ...patterns.flatMap((pattern) => [pattern, tails])];
  }

  /** The parameters of `mayBeBehindUnseen`, in their order. */
  unseenParameters(email: EmailAddress, kind: SqlFlavour['kind']): readonly string[] {
    const { led, containing } = unseenLedPatterns(email, this.#collation);
    return kind === 'mysql' ? [...led, ...containing] : led.flatMap((pattern) => [pattern, ...containing]);
  }

  #isLike(pattern: string): RawBuilder<unknown> {
    return sql`${this.#stored} like ${this.#text(pattern)} escape '!'`;
  }
}

const anyOf = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql`(${sql.join(conditions, sql` or `)})`;
