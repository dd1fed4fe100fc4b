import type { CredentialStore } from './accounts/credential-store.js';
import type { DemoAccounts } from './accounts/demo-accounts.js';
import type { UserRepository } from './accounts/user-repository.js';
import type { AuditLog } from './audit/audit-log.js';
import type { AuditSink } from './audit/audit-sink.js';
import type { SessionStore } from './sessions/session-store.js';
import type { SubscriptionReader } from './subscriptions/subscription-reader.js';

/** Everything that is kept in the database. */
export interface Stores {
  readonly users: UserRepository;
  readonly credentials: CredentialStore;
  readonly subscriptions: SubscriptionReader;
  readonly sessions: SessionStore;
  readonly audit: AuditSink;
  readonly auditLog: AuditLog;
  readonly demoAccounts: DemoAccounts;
}

export interface UnitOfWorkOptions {
  /**
   * Given for work that is brief and looks at and writes nothing but what belongs to this subject: it may share a transaction, and so
   * a commit, with work on other subjects. That shows in nothing but speed: where one of them fails, each runs by itself.
   */
  readonly subject?: string;
  /**
   * Aborted once the caller no longer waits for the outcome. It is looked at last, before the commit: what its caller has given up is then not done,
   * and may be asked for again.
   */
  readonly signal?: AbortSignal;
}

/** Several writes that are one. */
export interface UnitOfWork {
  /**
   * Runs `work` with stores that share one transaction: everything it wrote is committed when this resolves, nothing of it when
   * this rejects. After a deadlock `work` may run again from the start, so it does nothing but use the stores it is given, and
   * never those outside.
   * One case is open: a connection that breaks, or is too slow, between the request to commit and its answer. Then it rejects with
   * `dependency_unavailable` after `work` has resolved, and everything may be committed all the same.
   * @throws AuthError `dependency_unavailable` when the database cannot be reached, or `signal` was aborted; whatever `work` throws.
   */
  run<Result>(work: (stores: Stores) => Promise<Result>, options?: UnitOfWorkOptions): Promise<Result>;
}
