import { AuthError } from '../../../core/domain/auth-error.js';
import type { Violation } from '../../../core/domain/refusal-details.js';
import { DatabaseFault, type FaultKind } from '../sql/database-fault.js';
import type { ColumnValue } from '../sql/row-sql.js';
import type { StoreTools } from '../store-tools.js';
import { namesColumn, refusedPlaces } from './refused-places.js';

/** The data that was to be written to a table of another application. */
export interface Written {
  readonly table: string;
  readonly row: Readonly<Record<string, ColumnValue>>;
  /** The domain's field in a column of the row; null for a column without a field. */
  readonly fieldOf: (column: string) => string | null;
}

type Tools = Pick<StoreTools, 'db' | 'flavour'>;

const rules = {
  unfit: { rule: 'a text that can be stored: shorter, or of other characters' },
  refused: { rule: 'a value that the table of accounts takes', reason: 'refused' },
  duplicate: { rule: 'not in use by another account', reason: 'taken' },
} as const satisfies Partial<Record<FaultKind, Omit<Violation, 'field'>>>;

type RefusedFault = DatabaseFault & { readonly kind: keyof typeof rules };

/** Returns whether the table rejected the row: the row breaks a rule of the table, and would be rejected again. */
export const isRowRefusal = (error: unknown): error is RefusedFault => error instanceof DatabaseFault && Object.hasOwn(rules, error.kind);

/**
 * Awaits a write. Where the table rejects the row, throws an error that names the fields at fault.
 * @throws AuthError `validation_failed`
 */
export async function refusalAsViolation<Result>(tools: Tools, written: Written, writing: Promise<Result>): Promise<Result> {
  try {
    return await writing;
  } catch (error) {
    if (!isRowRefusal(error)) throw error;
    throw violationOf(error, await refusedFields(tools, written, error));
  }
}

/** The fields that a rejection concerns; none where the error does not show it. A field that is written alone is at fault. */
export async function refusedFields(tools: Tools, { table, row, fieldOf }: Written, fault: RefusedFault): Promise<readonly string[]> {
  const places = await refusedPlaces(tools, table, fault);
  const columns = Object.keys(row);
  const named = columns.filter((column) => places.some((place) => namesColumn(place, column)));
  const blamed = named.length === 0 && columns.length === 1 ? columns : named;
  return [...new Set(blamed.flatMap((column) => fieldOf(column) ?? []))];
}

export function violationOf(fault: RefusedFault, fields: readonly string[]): AuthError {
  const violation = rules[fault.kind];
  const violations: readonly Violation[] =
    fields.length > 0
      ? fields.map((field) => ({ field, ...violation }))
      : [{ field: null, ...violation, rule: 'values that the table of accounts takes' }];
  return new AuthError('validation_failed', { detail: { violations }, cause: fault });
}
