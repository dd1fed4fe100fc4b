import type { Stores } from '../../core/ports/unit-of-work.js';
import { MemoryCredentialStore } from './accounts/memory-credential-store.js';
import { MemoryDemoAccounts } from './accounts/memory-demo-accounts.js';
import { MemoryUserRepository } from './accounts/memory-user-repository.js';
import { MemoryAuditLog } from './audit/memory-audit-log.js';
import { MemoryAuditSink } from './audit/memory-audit-sink.js';
import type { MemoryDatabase } from './memory-database.js';
import type { MemorySpace } from './memory-space.js';
import { MemorySessionStore } from './sessions/memory-session-store.js';
import { MemorySubscriptionReader } from './subscriptions/memory-subscription-reader.js';

export interface MemoryStoresOptions {
  readonly database: MemoryDatabase;
  /** The data to work on. Default: the database itself. A unit of work passes its own. */
  readonly space?: MemorySpace;
}

/** Every store of one memory database. */
export class MemoryStores implements Stores {
  readonly users: MemoryUserRepository;
  readonly credentials: MemoryCredentialStore;
  readonly subscriptions: MemorySubscriptionReader;
  readonly sessions: MemorySessionStore;
  readonly audit: MemoryAuditSink;
  readonly auditLog: MemoryAuditLog;
  readonly demoAccounts: MemoryDemoAccounts;

  constructor({ database, space = database }: MemoryStoresOptions) {
    this.users = new MemoryUserRepository({ space, database });
    this.credentials = new MemoryCredentialStore({ space });
    this.subscriptions = new MemorySubscriptionReader({ space });
    this.sessions = new MemorySessionStore({ space });
    this.audit = new MemoryAuditSink({ space });
    this.auditLog = new MemoryAuditLog({ space });
    this.demoAccounts = new MemoryDemoAccounts({ space, database });
  }
}
