import type { AuditRow } from '../../domain/audit/audit-row.js';

export interface AuditRange {
  /** Ids greater than this one. */
  readonly after: number;
  /** Ids up to and including this one. */
  readonly upTo: number;
  /** Max number of rows. The rows with the smallest ids are returned. */
  readonly limit: number;
}

/** The rows of the audit log in order, for sealing, verification, export and deletion. */
export interface AuditTrail {
  /**
   * Returns the greatest id such that no new row with this id or a lower one can appear. The database assigns ids before transactions
   * commit, so a late commit may insert a row between others. Checks only ids after `after`, and never returns a lower id. Blocks no other
   * work, and may itself take some seconds. While a transaction holds uncommitted rows, these rows and all later ones are not settled.
   */
  settledUpTo(after: number): Promise<number>;

  /** Returns rows in order of id. */
  rows(range: AuditRange): Promise<readonly AuditRow[]>;

  /**
   * Deletes at most `limit` rows with ids up to `upTo`, the smallest first, in one step: all of them or none. Returns the number of deleted
   * rows.
   */
  deleteUpTo(upTo: number, limit: number): Promise<number>;
}
