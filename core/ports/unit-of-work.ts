import type { SessionId } from '../domain/ids.js';
import type { CredentialStore } from './accounts/credential-store.js';
import type { DemoAccounts } from './accounts/demo-accounts.js';
import type { UserRepository } from './accounts/user-repository.js';
import type { AuditLog } from './audit/audit-log.js';
import type { AuditSink } from './audit/audit-sink.js';
import type { SessionStore } from './sessions/session-store.js';
import type { SubscriptionReader } from './subscriptions/subscription-reader.js';

/** Everything that is stored in the database. */
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
   * The one session whose row the work changes; beside it the work writes nothing but audit rows. Units on different sessions may share a
   * transaction, and so a commit, units on one session never. That changes nothing but speed: where one of them fails, each runs by itself.
   */
  readonly sessionId?: SessionId;
  /**
   * Aborted when the caller no longer waits for the outcome. It is checked last, before the commit: work that its caller has given up is
   * then not done, and can be requested again.
   */
  readonly signal?: AbortSignal;
}

/** Several writes that commit together. */
export interface UnitOfWork {
  /**
   * Runs `work` with stores that share one transaction: all its writes are committed when this resolves, and none when this rejects. After
   * a deadlock `work` may run again from the start, so it may use only the stores that it receives, and never other stores. In one case the
   * outcome is open: the connection breaks, or is too slow, between the commit and the database's response. Then it rejects with
   * `dependency_unavailable` after `work` has resolved, and all writes may be committed nevertheless.
   * @throws AuthError `dependency_unavailable` when the database cannot be reached, or `signal` was aborted; any error that `work` throws.
   */
  run<Result>(work: (stores: Stores) => Promise<Result>, options?: UnitOfWorkOptions): Promise<Result>;
}
