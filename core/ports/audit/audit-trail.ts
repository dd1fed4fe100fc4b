import type { AuditRow } from '../../domain/audit/audit-row.js';

export interface AuditRange {
  /** Ids greater than this one. */
  readonly after: number;
  /** Ids up to this one, it included. */
  readonly upTo: number;
  /** Rows at most, those with the smallest ids. */
  readonly limit: number;
}

/** What was recorded, row by row: for who seals, checks, exports and deletes it. */
export interface AuditTrail {
  /**
   * The greatest id such that no row with an id up to it can appear any more: numbers are handed out before transactions commit, and
   * a late one may bring a row between others. Looks at ids after `after` alone and never answers less. Holds nobody up; may itself
   * take some seconds. While a transaction holds rows, they and all after them are not settled.
   */
  settledUpTo(after: number): Promise<number>;

  /** In order of id. */
  rows(range: AuditRange): Promise<readonly AuditRow[]>;

  /** Deletes at most `limit` rows with ids up to `upTo`, the smallest first, in one step: all of them or none. Returns how many. */
  deleteUpTo(upTo: number, limit: number): Promise<number>;
}
