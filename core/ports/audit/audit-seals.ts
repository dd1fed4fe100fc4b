import type { AuditSeal, ChainHead } from '../../domain/audit/audit-seal.js';

/** A seal as it is kept, with the number that it was given. */
export interface StoredSeal extends AuditSeal {
  readonly id: number;
}

/** The seals over the audit log. One is added at the end; none is ever changed or deleted. */
export interface AuditSeals {
  head(): Promise<ChainHead>;

  /** In the order in which they were added: at most `limit`, those after the one of number `after` (0: from the first). */
  list(page: { readonly after: number; readonly limit: number }): Promise<readonly StoredSeal[]>;

  /**
   * Adds a seal, if the one that it follows is still the last: of any number of processes one adds the next, the others are answered
   * false. One step, so that a chain never forks and is never half written.
   */
  append(seal: AuditSeal): Promise<boolean>;
}
