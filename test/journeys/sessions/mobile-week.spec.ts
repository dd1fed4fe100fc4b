import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Database, openDatabase } from '../../../adapters/mikro-orm/open-database.js';
import { ownMigrations } from '../../../migrations/all-migrations.js';
import { makeWorld } from '../../kit/make-world.js';
import { type MobileWeekPorts, type MobileWeekProcesses, simulateMobileWeek } from '../../kit/mobile-week/simulate-mobile-week.js';
import { targetOf } from '../../support/database-target.js';
import { bySize } from '../../support/test-size.js';
import { serverStage } from '../support/server-stage.js';

const devices = bySize({ short: 12, long: 200 });
const fullWeekMs = 60_000;

const open = (target: Parameters<typeof openDatabase>[0]['target'], poolMax: number) =>
  openDatabase({ target, poolMax, credentialWrites: 'auto', migrations: ownMigrations });

let processes = 0;

/** One process of the service: its own connections, and everything that is not in the database in memory. */
const processOn = ({ stores, unitOfWork }: Database, replaySeconds: number | 'unused' = 'unused'): MobileWeekPorts => {
  const world = makeWorld({ seed: ++processes });
  return { ...world, ...stores, unitOfWork, sessionPolicy: { ...world.sessionPolicy, replaySeconds } };
};

async function expectNoFalseLogout(ports: MobileWeekProcesses, seed: number): Promise<void> {
  const startedAt = performance.now();
  const report = await simulateMobileWeek(ports, { devices, seed, loss: 0.2, days: 7 });
  const tookMs = performance.now() - startedAt;
  console.log(`      ${devices} phones, 7 days, ${report.refreshes.sent} refreshes: ${(tookMs / 1000).toFixed(1)} s`);
  expect(report).to.deep.include({ falseLogouts: [], missedThefts: [], faults: [] });
  expect(report.refreshes.repeatedAfterAnHour).to.be.greaterThan(devices);
  expect(report.thefts.found).to.be.greaterThan(0);
  expect(tookMs).to.be.below(fullWeekMs);
}

describe('A week of phones on bad networks', function () {
  this.timeout(120_000);

  describe('with two processes on the database server', () => {
    let stage: Awaited<ReturnType<typeof serverStage>>;
    let databases: readonly [Database, Database];
    before(async () => {
      stage = await serverStage();
      const target = targetOf(stage.env['DB_URL'] ?? '');
      databases = [await open(target, 10), await open(target, 10)];
    });
    after(async () => {
      for (const database of databases ?? []) await database[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    it('signs no phone out that the rules do not sign out', async () => {
      await expectNoFalseLogout([processOn(databases[0]), processOn(databases[1])], 5);
    });

    it('shows the cost of a limit of 60 s in one of the processes, as while a version with it runs beside this one', async () => {
      const ports = [processOn(databases[0]), processOn(databases[1], 60)] as const;
      const { falseLogouts } = await simulateMobileWeek(ports, { devices: 4, seed: 6, loss: 0.2, days: 7 });
      expect(falseLogouts.length).to.be.greaterThan(0);
    });
  });

  it('signs no phone out that the rules do not sign out, with the embedded database', async () => {
    await using resources = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'move-acces-week-'));
    resources.defer(() => rm(folder, { recursive: true }));
    const database = resources.use(await open({ kind: 'sqlite', file: join(folder, 'week.db') }, 1));
    await database.migrations.up();
    await expectNoFalseLogout([processOn(database)], 7);
  });
});
