import type { Database } from '../../adapters/mikro-orm/open-database.js';
import { portModule } from './port-module.js';

/** Everything that is kept, and the clock that lifetimes are judged by. */
export const databaseModule = ({ stores, unitOfWork, clock }: Database) =>
  portModule((bindPort) => {
    bindPort('users').toConstantValue(stores.users);
    bindPort('credentials').toConstantValue(stores.credentials);
    bindPort('subscriptions').toConstantValue(stores.subscriptions);
    bindPort('sessions').toConstantValue(stores.sessions);
    bindPort('audit').toConstantValue(stores.audit);
    bindPort('unitOfWork').toConstantValue(unitOfWork);
    bindPort('clock').toConstantValue(clock);
  });
