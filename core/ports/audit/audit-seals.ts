import type { AuditSeal, ChainHead } from '../../domain/audit/audit-seal.js';

/** A stored seal, with its number. */
export interface StoredSeal extends AuditSeal {
  readonly id: number;
}

/** The seals over the audit log. Seals are only appended; none is ever changed or deleted. */
export interface AuditSeals {
  head(): Promise<ChainHead>;

  /** Returns seals in the order in which they were added: at most `limit`, after the seal with number `after` (0: from the first). */
  list(page: { readonly after: number; readonly limit: number }): Promise<readonly StoredSeal[]>;

  /**
   * Adds a seal, if the seal that it follows is still the last. When several processes call this, one adds the next seal, and the others
   * get false. It is one step, so that the chain never forks and is never half written.
   */
  append(seal: AuditSeal): Promise<boolean>;
}
