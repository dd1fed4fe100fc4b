import { expect } from 'chai';
import { auditEvent } from '../../../core/domain/audit/audit-event.js';
import { pruneSeal } from '../../../core/domain/audit/audit-seal.js';
import { userId } from '../../../core/domain/ids.js';
import { noOrigin } from '../../../core/domain/origin.js';
import type { AuditTrail } from '../../../core/ports/audit/audit-trail.js';
import { PruneAudit } from '../../../core/usecases/audit/prune-audit.js';
import { SealAudit } from '../../../core/usecases/audit/seal-audit.js';
import { VerifyAudit } from '../../../core/usecases/audit/verify-audit.js';
import { makeWorld, type World } from '../../kit/make-world.js';

/** More than half of what one deletion takes, so that each range is deleted by itself. */
const rowsOfRange = 600;
const ranges = 4;
const lastRow = rowsOfRange * ranges;

const eventOf = (world: World, id: number) =>
  auditEvent({ occurredAt: world.clock.now(), event: 'login', outcome: 'success', userId: userId(id), origin: noOrigin });

async function sealedWorld(): Promise<World> {
  const world = makeWorld();
  for (let range = 0; range < ranges; range += 1) {
    await world.audit.recordAll(Array.from({ length: rowsOfRange }, (_, index) => eventOf(world, index)));
    await new SealAudit(world).execute();
  }
  world.clock.advance(60_000);
  return world;
}

/** The trail, of which `meanwhile` runs before each deletion, with how many were done. */
const trailOf = (world: World, meanwhile: (done: number) => Promise<void>): AuditTrail => {
  let done = 0;
  return {
    settledUpTo: (after) => world.auditTrail.settledUpTo(after),
    rows: (range) => world.auditTrail.rows(range),
    async deleteUpTo(upTo, limit) {
      await meanwhile(done);
      done += 1;
      return await world.auditTrail.deleteUpTo(upTo, limit);
    },
  };
};

/** Notes that everything is pruned and deletes the first ranges. */
async function interruptedPrune(world: World, deletions: number): Promise<void> {
  const auditTrail = trailOf(world, async (done) => {
    if (done === deletions) throw new Error('killed');
  });
  await new PruneAudit({ ...world, auditTrail }).execute({ before: world.clock.now() }).catch(() => {});
}

const verify = (world: World) => new VerifyAudit(world).execute();
const deleteRows = (world: World, isDeleted: (id: number) => boolean) =>
  world.database.write(({ audit }) => {
    for (const [id] of Array.from(audit.entries())) if (isDeleted(id)) audit.delete(id);
  });
const putRow = (world: World, id: number) => world.database.write(({ audit }) => audit.set(id, eventOf(world, 9999)));

describe('A prune of the audit log that was interrupted', () => {
  it('is unfinished and breaks no seal, wherever it stopped, and the next prune finishes it whatever its time', async () => {
    for (let deletions = 0; deletions < ranges; deletions += 1) {
      const world = await sealedWorld();
      await interruptedPrune(world, deletions);
      const left = lastRow - deletions * rowsOfRange;
      const verdict = await verify(world);
      expect(verdict).to.deep.include({ broken: null, rows: left });
      expect(verdict.unfinishedPrune).to.deep.equal({ firstRowId: lastRow - left + 1, lastRowId: lastRow });

      const pruning = await new PruneAudit(world).execute({ before: 0 });
      expect(pruning).to.deep.equal({ deleted: left, prunedUpTo: lastRow, brokenSealId: null });
      expect(await verify(world)).to.deep.include({ broken: null, unfinishedPrune: null, seals: ranges + 1, rows: 0 });
    }
  });

  it('hides no row that was deleted beyond its note', async () => {
    const world = await sealedWorld();
    await interruptedPrune(world, 1);
    await world.audit.recordAll([eventOf(world, 1), eventOf(world, 2)]);
    await new SealAudit(world).execute();
    await deleteRows(world, (id) => id === lastRow + 1);
    expect((await verify(world)).broken).to.deep.include({ fault: 'rows_deleted' });
    await deleteRows(world, () => true);
    const { broken, unfinishedPrune } = await verify(world);
    expect(broken).to.deep.include({ fault: 'rows_deleted', range: { firstRowId: lastRow + 1, lastRowId: lastRow + 2 } });
    expect(unfinishedPrune).to.equal(null);
  });

  const tampering: readonly (readonly [what: string, tamper: (world: World) => Promise<unknown>, fault: string])[] = [
    ['a part of a range that is left', (world) => deleteRows(world, (id) => id <= rowsOfRange + 10), 'pruned_rows_present'],
    [
      'a range deleted before an older one',
      (world) => deleteRows(world, (id) => id > 2 * rowsOfRange && id <= 3 * rowsOfRange),
      'rows_deleted',
    ],
    ['a row changed', (world) => putRow(world, lastRow), 'rows_changed'],
  ];
  for (const [what, tamper, fault] of tampering) {
    it(`is broken by ${what}`, async () => {
      const world = await sealedWorld();
      await interruptedPrune(world, 1);
      await tamper(world);
      expect((await verify(world)).broken).to.include({ fault });
    });
  }

  it('leaves rows that were changed since, as evidence', async () => {
    const world = await sealedWorld();
    await interruptedPrune(world, 1);
    await putRow(world, lastRow);
    const pruning = await new PruneAudit(world).execute({ before: world.clock.now() });
    const goneUpTo = lastRow - rowsOfRange;
    expect(pruning).to.deep.equal({ deleted: goneUpTo - rowsOfRange, prunedUpTo: goneUpTo, brokenSealId: ranges });
    expect((await verify(world)).broken).to.include({ fault: 'rows_changed' });
  });

  it('is finished where an earlier version left a part of a range', async () => {
    const world = await sealedWorld();
    await interruptedPrune(world, 0);
    await deleteRows(world, (id) => id <= 1000);
    expect((await new PruneAudit(world).execute({ before: 0 })).deleted).to.equal(lastRow - 1000);
    expect(await verify(world)).to.deep.include({ broken: null, unfinishedPrune: null });
  });
});

describe('A prune of the audit log that is under way', () => {
  it('breaks no seal before and after each deletion', async () => {
    const world = await sealedWorld();
    const left: (number | null)[] = [];
    const auditTrail = trailOf(world, async () => {
      const { broken, unfinishedPrune } = await verify(world);
      expect(broken).to.equal(null);
      left.push(unfinishedPrune?.firstRowId ?? null);
    });
    await new PruneAudit({ ...world, auditTrail }).execute({ before: world.clock.now() });
    expect(left).to.deep.equal(Array.from({ length: ranges }, (_, range) => range * rowsOfRange + 1));
  });

  it('breaks no seal when it notes and deletes while the seals are verified', async () => {
    for (let at = 0; at < ranges; at += 1) {
      const world = await sealedWorld();
      let read = 0;
      const auditTrail: AuditTrail = {
        ...trailOf(world, async () => {}),
        async rows(range) {
          if (read === at) await new PruneAudit(world).execute({ before: world.clock.now() });
          read += 1;
          return await world.auditTrail.rows(range);
        },
      };
      expect(await new VerifyAudit({ ...world, auditTrail }).execute()).to.deep.include({ broken: null, unfinishedPrune: null });
    }
  });
});

describe('A note that rows of the audit log were pruned', () => {
  it('is broken where it covers rows that were not sealed', async () => {
    const world = await sealedWorld();
    const sha256 = (text: string) => world.digest.sha256(text);
    const note = pruneSeal({ upTo: 10 ** 12, rowCount: lastRow }, await world.auditSeals.head(), world.clock.now(), sha256);
    await world.auditSeals.append(note);
    await deleteRows(world, () => true);
    expect((await verify(world)).broken).to.include({ fault: 'seal_changed', sealId: ranges + 1 });
  });

  it('counts only as a part of the chain', async () => {
    const world = await sealedWorld();
    await deleteRows(world, () => true);
    const { auditSeals } = world;
    const forged: World['auditSeals'] = {
      head: async () => ({ ...(await auditSeals.head()), prunedUpTo: lastRow }),
      list: (page) => auditSeals.list(page),
      append: (seal) => auditSeals.append(seal),
    };
    const { broken } = await new VerifyAudit({ ...world, auditSeals: forged }).execute();
    expect(broken).to.deep.equal({ fault: 'seal_missing', sealId: null, range: { firstRowId: 1, lastRowId: lastRow } });
  });
});
