import { expect } from 'chai';
import { median } from '../../tools/bench/median.js';
import { openByUrl } from '../contracts/support/open-test-database.js';
import { emailOf, loadAccounts, loadedPassword } from '../journeys/support/load-accounts.js';
import { roomyLimits, testSecret } from '../journeys/support/stage.js';
import { apiClient } from '../support/api-client.js';
import { type RunningServer, startServer } from '../support/running-server.js';
import { startDatabaseServer } from '../support/servers/database-server.js';

const rounds = 12;
const accounts = 16;
const maxRatio = 1.1;

describe('A users table of a million rows', () => {
  it('signs in over HTTP within 110 % of the time with a table of sixteen', async function () {
    this.timeout(600_000);
    await using opened = new AsyncDisposableStack();
    const database = opened.use(await startDatabaseServer({ extraArgs: ['--innodb-buffer-pool-size=512M'] }));
    const serve = async (power: number): Promise<RunningServer> => {
      const test = await database.createDatabase();
      await loadAccounts(test, power);
      await using migrated = await openByUrl(test.url);
      await migrated.migrations.up();
      return opened.use(await startServer({ env: { DB_URL: test.url, APP_SECRET: testSecret, ...roomyLimits } }));
    };
    const [small, large] = [await serve(4), await serve(20)];
    /** Milliseconds of one login. */
    const logIn = async ({ url }: RunningServer, id: number): Promise<number> => {
      const body = { email: emailOf(id), password: loadedPassword };
      const startedAt = performance.now();
      expect((await apiClient(url).request('POST', '/auth/login', { body })).status).to.equal(200);
      return performance.now() - startedAt;
    };
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [smallMs, largeMs]: [number[], number[]] = [[], []];
      for (let id = 1; id <= accounts; id += 1) {
        // in turn, so that what else the machine does falls on both
        if (id % 2 === 0) smallMs.push(await logIn(small, id));
        largeMs.push(await logIn(large, id));
        if (id % 2 === 1) smallMs.push(await logIn(small, id));
      }
      ratios.push(median(largeMs) / median(smallMs));
      console.log(`      a login: ${median(smallMs).toFixed(1)} ms of sixteen, ${median(largeMs).toFixed(1)} ms of a million`);
    }
    console.log(`      ratio ${median(ratios).toFixed(3)}, in the median of ${rounds} rounds`);
    expect(median(ratios)).to.be.at.most(maxRatio);
  });
});
