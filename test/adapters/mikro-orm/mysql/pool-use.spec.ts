import { expect } from 'chai';
import type { Database } from '../../../../adapters/mikro-orm/open-database.js';
import { userId } from '../../../../core/domain/ids.js';
import { openMigrated } from '../../../contracts/support/migrated-database.js';
import { t0 } from '../../../kit/contracts/support/samples.js';
import { sharedDatabaseServer } from '../../../support/servers/shared-database.js';
import type { TestDatabase } from '../../../support/servers/test-database.js';

describe('The use of a pool', () => {
  let test: TestDatabase;
  let database: Database;
  before(async () => {
    ({ test, database } = await openMigrated(await sharedDatabaseServer(), { poolMax: 2 }));
  });
  after(async () => {
    await database?.[Symbol.asyncDispose]();
    await test?.[Symbol.asyncDispose]();
  });

  it('counts the connections at work and the callers that wait for one', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let began = 0;
    const work = async () => {
      began += 1;
      await promise;
    };
    const transactions = [1, 2].map(() => database.unitOfWork.run(work));
    while (began < 2) await new Promise((next) => setTimeout(next, 5));
    const reads = [1, 2, 3].map((id) => database.stores.sessions.listLive(userId(id), t0));
    expect({ ...database.poolUse }).to.deep.equal({ busy: 2, waiting: 3 });
    resolve();
    await Promise.all([...transactions, ...reads]);
    expect({ ...database.poolUse }).to.deep.equal({ busy: 0, waiting: 0 });
  });

  it('counts a caller no longer that has waited too long, nor the connection that came too late for it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const transactions = [1, 2].map(() => database.unitOfWork.run(() => promise));
    await new Promise((next) => setTimeout(next, 50));
    const refused = await database.stores.sessions.listLive(userId(1), t0).catch(({ code }: { readonly code: string }) => code);
    expect([refused, { ...database.poolUse }]).to.deep.equal(['dependency_unavailable', { busy: 2, waiting: 0 }]);
    resolve();
    await Promise.all(transactions);
    await database.stores.sessions.listLive(userId(1), t0);
    expect({ ...database.poolUse }).to.deep.equal({ busy: 0, waiting: 0 });
  });
});
