import type { Database } from '../../adapters/mikro-orm/open-database.js';
import type { GuardedAudit } from './guard-audit.js';
import { portModule } from './port-module.js';

/** Everything that is kept, and the clock that lifetimes are judged by. */
export const databaseModule = (
  { stores, unitOfWork, auditTrail, auditSeals, sessionLock, existingSchema, clock }: Database,
  { audit }: GuardedAudit,
) =>
  portModule((bindPort) => {
    bindPort('users').toConstantValue(stores.users);
    bindPort('credentials').toConstantValue(stores.credentials);
    bindPort('subscriptions').toConstantValue(stores.subscriptions);
    bindPort('sessions').toConstantValue(stores.sessions);
    bindPort('audit').toConstantValue(audit);
    bindPort('auditTrail').toConstantValue(auditTrail);
    bindPort('auditSeals').toConstantValue(auditSeals);
    bindPort('auditLog').toConstantValue(stores.auditLog);
    bindPort('demoAccounts').toConstantValue(stores.demoAccounts);
    bindPort('sessionLock').toConstantValue(sessionLock);
    bindPort('existingSchema').toConstantValue(existingSchema);
    bindPort('unitOfWork').toConstantValue(unitOfWork);
    bindPort('clock').toConstantValue(clock);
  });
