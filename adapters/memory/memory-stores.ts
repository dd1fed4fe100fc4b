import type { Stores } from '../../core/ports/unit-of-work.js';
import { MemoryAuditLog } from './memory-audit-log.js';
import { MemoryAuditSink } from './memory-audit-sink.js';
import { MemoryCredentialStore } from './memory-credential-store.js';
import type { MemoryDatabase } from './memory-database.js';
import { MemoryDemoAccounts } from './memory-demo-accounts.js';
import { MemorySessionStore } from './memory-session-store.js';
import type { MemorySpace } from './memory-space.js';
import { MemorySubscriptionReader } from './memory-subscription-reader.js';
import { MemoryUserRepository } from './memory-user-repository.js';

export interface MemoryStoresOptions {
  readonly database: MemoryDatabase;
  /** Where to work: the database itself unless a unit of work says otherwise. */
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
