import { expect } from 'chai';
import { auditEvent } from '../../../core/domain/audit/audit-event.js';
import { fingerprintOf } from '../../../core/domain/audit/audit-seal.js';
import { userId } from '../../../core/domain/ids.js';
import { noOrigin } from '../../../core/domain/origin.js';
import type { AuditTrail } from '../../../core/ports/audit/audit-trail.js';
import { ExportAudit } from '../../../core/usecases/audit/export-audit.js';
import { PruneAudit } from '../../../core/usecases/audit/prune-audit.js';
import { SealAudit } from '../../../core/usecases/audit/seal-audit.js';
import { VerifyAudit } from '../../../core/usecases/audit/verify-audit.js';
import { makeWorld, type World } from '../../kit/make-world.js';

const minute = 60_000;

async function record(world: World, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, index) =>
    auditEvent({ occurredAt: world.clock.now(), event: 'login', outcome: 'success', userId: userId(index), origin: noOrigin }),
  );
  await world.audit.recordAll(events);
}

/** A world of three sealed ranges, ten minutes from one to the next: rows 1 to 5, 6 to 10, 11 to 15. */
async function sealedWorld(): Promise<World> {
  const world = makeWorld();
  for (let range = 0; range < 3; range += 1) {
    await record(world, 5);
    await new SealAudit(world).execute();
    world.clock.advance(10 * minute);
  }
  return world;
}

const verify = (world: World, fingerprint: number | null = null) => new VerifyAudit(world).execute({ fingerprint });

const exported = async (world: World, since: number) => {
  const rows = [];
  for await (const page of new ExportAudit(world).execute({ since, actor: 'admin:eve' })) rows.push(...page);
  return rows;
};

describe('Sealing the audit log', () => {
  it('seals the recorded rows, each once, and publishes the head', async () => {
    const world = await sealedWorld();
    const { broken, seals, rows, head } = await verify(world);
    expect({ broken, seals, rows, sealedUpTo: head.sealedUpTo }).to.deep.equal({ broken: null, seals: 3, rows: 15, sealedUpTo: 15 });
    expect(world.metrics.value('move_acces_audit_sealed_row_id')).to.equal(15);
    expect(world.metrics.value('move_acces_audit_head_fingerprint')).to.equal(fingerprintOf(head.seal?.hash ?? ''));
    expect(await new SealAudit(world).execute(), 'nothing is new').to.equal(0);
  });

  it('closes many rows in ranges of a thousand', async () => {
    const world = makeWorld();
    await record(world, 2500);
    expect(await new SealAudit(world).execute()).to.equal(3);
    expect(await verify(world)).to.include({ broken: null, seals: 3, rows: 2500 });
  });

  it('makes one chain when several processes seal at once', async () => {
    const world = makeWorld();
    await record(world, 3500);
    const made = await Promise.all(Array.from({ length: 5 }, () => new SealAudit(world).execute()));
    expect(made.reduce((sum, count) => sum + count)).to.equal(4);
    expect(await verify(world)).to.include({ broken: null, seals: 4, rows: 3500 });
  });
});

describe('Verifying the audit log', () => {
  it('goes through a fingerprint that was noted, and misses one that was not made here', async () => {
    const world = await sealedWorld();
    const noted = world.metrics.value('move_acces_audit_head_fingerprint');
    await record(world, 1);
    await new SealAudit(world).execute();
    expect((await verify(world, noted)).broken).to.equal(null);
    expect((await verify(world, noted + 1)).broken).to.include({ fault: 'head_missing' });
  });
});

describe('An audit log that was rewritten until its newest seal has the fingerprint that was noted', () => {
  /** Stands for days of computing: every hash begins with the digits that a fingerprint is made of. */
  const colliding = (world: World): World => ({
    ...world,
    digest: { sha256: (text) => `${'5'.repeat(13)}${world.digest.sha256(text).slice(13)}` },
  });

  it('passes by the fingerprint, and is found out by the whole hash', async () => {
    const genuine = colliding(makeWorld());
    await record(genuine, 5);
    await new SealAudit(genuine).execute();
    const { seal } = (await verify(genuine)).head;
    const [hash, fingerprint] = [seal?.hash ?? '', fingerprintOf(seal?.hash ?? '')];
    expect((await new VerifyAudit(genuine).execute({ hash })).broken).to.equal(null);

    const forged = colliding(makeWorld());
    await record(forged, 4);
    await new SealAudit(forged).execute();
    expect((await verify(forged, fingerprint)).broken).to.equal(null);
    const missing = { fault: 'head_missing', sealId: null, range: null };
    expect((await new VerifyAudit(forged).execute({ hash })).broken).to.deep.equal(missing);
    expect((await new VerifyAudit(forged).execute({ fingerprint, hash })).broken).to.deep.equal(missing);
  });

  it('goes through a hash that was the head once, and later seals', async () => {
    const world = await sealedWorld();
    const hash = (await verify(world)).head.seal?.hash ?? '';
    await record(world, 1);
    await new SealAudit(world).execute();
    expect((await new VerifyAudit(world).execute({ hash })).broken).to.equal(null);
  });
});

describe('Pruning the audit log', () => {
  it('deletes whole old ranges, keeps their seals, and leaves a chain that verifies', async () => {
    const world = await sealedWorld();
    const start = world.clock.now() - 30 * minute;
    expect(await new PruneAudit(world).execute({ before: start }), 'nothing is older than the first row').to.deep.equal({
      deleted: 0,
      prunedUpTo: 0,
      brokenSealId: null,
    });
    expect(await new PruneAudit(world).execute({ before: start + 15 * minute })).to.deep.equal({
      deleted: 10,
      prunedUpTo: 10,
      brokenSealId: null,
    });
    expect(world.database.auditEvents).to.have.length(5);
    await record(world, 2);
    await new SealAudit(world).execute();
    const { broken, seals, rows, head } = await verify(world);
    expect({ broken, seals, rows, prunedUpTo: head.prunedUpTo }).to.deep.equal({ broken: null, seals: 5, rows: 7, prunedUpTo: 10 });
  });

  it('continues where an interrupted prune stopped', async () => {
    const world = await sealedWorld();
    const before = world.clock.now() - 15 * minute;
    const auditTrail: AuditTrail = {
      settledUpTo: (after) => world.auditTrail.settledUpTo(after),
      rows: (range) => world.auditTrail.rows(range),
      deleteUpTo: () => Promise.reject(new Error('killed')),
    };
    await new PruneAudit({ ...world, auditTrail }).execute({ before }).catch(() => {});
    expect(await verify(world)).to.deep.include({ broken: null, unfinishedPrune: { firstRowId: 1, lastRowId: 10 } });
    expect((await new PruneAudit(world).execute({ before })).deleted).to.equal(10);
    expect((await verify(world)).broken).to.equal(null);
  });

  it('leaves unsealed rows alone, however old', async () => {
    const world = makeWorld();
    await record(world, 5);
    world.clock.advance(minute);
    expect((await new PruneAudit(world).execute({ before: world.clock.now() })).deleted).to.equal(0);
    expect(world.database.auditEvents).to.have.length(5);
  });
});

describe('Exporting the audit log', () => {
  it('records itself, exports every row once, and continues from any id', async () => {
    const world = makeWorld();
    await record(world, 2500);
    const all = await exported(world, 0);
    expect(all.map(({ id }) => id)).to.deep.equal(Array.from({ length: 2501 }, (_, index) => index + 1));
    expect(all.at(-1)).to.include({ event: 'audit_export', actor: 'admin:eve', outcome: 'success', details: '{"since":0}' });
    expect(await exported(world, 2499)).to.have.length(3);
    expect((await exported(world, 2502)).map(({ event }) => event)).to.deep.equal(['audit_export']);
  });
});
