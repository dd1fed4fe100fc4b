import type { Stores } from '../../core/ports/unit-of-work.js';
import { MikroOrmCredentialStore } from './accounts/mikro-orm-credential-store.js';
import { MikroOrmDemoAccounts } from './accounts/mikro-orm-demo-accounts.js';
import { MikroOrmUserRepository } from './accounts/mikro-orm-user-repository.js';
import { MikroOrmAuditLog } from './audit/mikro-orm-audit-log.js';
import { MikroOrmAuditSink } from './audit/mikro-orm-audit-sink.js';
import { MikroOrmSessionStore } from './sessions/mikro-orm-session-store.js';
import type { StoreTools } from './store-tools.js';
import { MikroOrmSubscriptionReader } from './subscriptions/mikro-orm-subscription-reader.js';

/** The stores of one connection or transaction. */
export function createStores(tools: StoreTools): Stores {
  return {
    users: new MikroOrmUserRepository(tools),
    credentials: new MikroOrmCredentialStore(tools),
    subscriptions: new MikroOrmSubscriptionReader(tools),
    sessions: new MikroOrmSessionStore(tools),
    audit: new MikroOrmAuditSink(tools),
    auditLog: new MikroOrmAuditLog(tools),
    demoAccounts: new MikroOrmDemoAccounts(tools),
  };
}
