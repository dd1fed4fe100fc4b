import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import type { Database } from '../../../adapters/mikro-orm/open-database.js';
import { NodeDigest } from '../../../adapters/node-crypto/node-digest.js';
import { auditEvent } from '../../../core/domain/audit/audit-event.js';
import { userId } from '../../../core/domain/ids.js';
import { ExportAudit } from '../../../core/usecases/audit/export-audit.js';
import { SealAudit } from '../../../core/usecases/audit/seal-audit.js';
import { VerifyAudit } from '../../../core/usecases/audit/verify-audit.js';
import { openByFile, openByUrl } from '../../contracts/support/open-test-database.js';
import { origin, t0 } from '../../kit/contracts/support/samples.js';
import { bareEnvironment } from '../../support/bare-environment.js';
import { commandFile } from '../../support/command-file.js';
import { checkedLines, cliOf } from '../cli/support/command-output.js';
import { type DeletionHold, deletionHold } from '../support/deletion-hold.js';
import type { Stage } from '../support/stage.js';
import { stages } from '../support/stages.js';

/** Under three seals: a prune deletes up to row 1000, 2000 and 2500. */
const rows = 2500;

for (const { name, open } of stages) {
  describe(`A prune of the audit log that is killed, ${name}`, function () {
    this.timeout(120_000);
    let stage: Stage;
    let database: Database;
    let hold: DeletionHold;
    before(async () => {
      stage = await open();
      if (stage.database === null) await cliOf(stage).run(['db', 'migrate']);
      const file = join(stage.cwd, 'data/move-acces.db');
      database = await (stage.database === null ? openByFile(file) : openByUrl(stage.database.url));
      hold = deletionHold(stage.database?.rootUrl ?? file);
      await database.stores.audit.recordAll(Array.from({ length: rows }, (_, index) => numbered(index + 1)));
      await new SealAudit(settled(database)).execute();
    });
    after(async () => {
      await database?.[Symbol.asyncDispose]();
      await stage?.[Symbol.asyncDispose]();
    });

    const verified = async () => {
      const { broken, unfinishedPrune } = await new VerifyAudit(settled(database)).execute();
      return { broken, unfinishedPrune };
    };

    /** Prunes in a process of its own, which is killed while it waits to delete row `id`. */
    async function killedAt(id: number, meanwhile: () => Promise<void>): Promise<void> {
      const release = await hold.at(id);
      const child = spawn(process.execPath, [commandFile, 'audit', 'prune', '--before', '0s'], {
        cwd: stage.cwd,
        env: { ...bareEnvironment(), ...stage.env },
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      try {
        await untilDeletedBelow(id, child);
        await meanwhile();
      } finally {
        child.kill('SIGKILL');
        await ended;
        await release();
      }
    }

    /** The ranges before that of `id` are gone. */
    async function untilDeletedBelow(id: number, child: ChildProcess): Promise<void> {
      const first = id - (id % 1000 || 1000) + 1;
      for (;;) {
        const { broken, unfinishedPrune } = await verified();
        expect(broken).to.equal(null);
        if (unfinishedPrune?.firstRowId === first) return;
        expect(child.exitCode, 'the prune ended by itself').to.equal(null);
        await delay(20);
      }
    }

    it('is an unfinished prune while it runs and after it, at its note and between deletions, until the next one finishes it', async () => {
      const cli = cliOf(stage);
      await killedAt(1, async () => {
        expect(await verified()).to.deep.equal({ broken: null, unfinishedPrune: { firstRowId: 1, lastRowId: rows } });
      });
      expect(await verified()).to.deep.equal({ broken: null, unfinishedPrune: { firstRowId: 1, lastRowId: rows } });
      await killedAt(1500, async () => {
        expect(await verified()).to.deep.equal({ broken: null, unfinishedPrune: { firstRowId: 1001, lastRowId: rows } });
      });
      const [text, json] = await Promise.all([cli.done(['audit', 'verify']), cli.done(['audit', 'verify', '--json'])]);
      expect(text).to.match(
        /are as they were made\. Head: .*\nA prune is not finished: rows 1001 to 2500 are still there\. .*run "audit prune" again/,
      );
      const [report] = checkedLines<object>(json, 'audit-verify');
      expect(report).to.include({ ok: true, rows: 1500, pruned_up_to: rows });
      expect(report).to.deep.include({ unfinished_prune: { first_row: 1001, last_row: rows } });

      const exported: number[] = [];
      const exporting = new ExportAudit(settled(database)).execute({ since: 0, actor: 'admin:tester' });
      for await (const page of exporting) exported.push(...page.map(({ id }) => id));
      expect([exported.length, exported[0], exported.at(-1)]).to.deep.equal([1501, 1001, rows + 1]);

      expect(await cli.done(['audit', 'prune', '--before', '3650d'])).to.equal('Deleted 1500 rows; everything up to row 2500 is gone.\n');
      expect(await verified()).to.deep.equal({ broken: null, unfinishedPrune: null });
    });
  });
}

const numbered = (id: number) => auditEvent({ occurredAt: t0, event: 'login', outcome: 'success', userId: userId(id), origin });

/** The ports of a database in which no row is under way, so that there is none to wait for. */
const settled = (database: Database) => ({
  ...database,
  auditTrail: {
    settledUpTo: async () => Number.MAX_SAFE_INTEGER,
    rows: (range: Parameters<Database['auditTrail']['rows']>[0]) => database.auditTrail.rows(range),
    deleteUpTo: (upTo: number, limit: number) => database.auditTrail.deleteUpTo(upTo, limit),
  },
  digest: new NodeDigest(),
  metrics: new MemoryMetrics(),
});
