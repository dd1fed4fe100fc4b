import { expect } from 'chai';
import { auditEvent } from '../../../../core/domain/audit/audit-event.js';
import { userId } from '../../../../core/domain/ids.js';
import type { AuditTrail } from '../../../../core/ports/audit/audit-trail.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { origin, t0 } from '../support/samples.js';
import type { StoreHarness } from '../support/store-harness.js';

/** A trail, and the sink that writes its rows. */
export interface TrailHarness extends Pick<StoreHarness, 'dispose'> {
  readonly trail: AuditTrail;
  readonly audit: StoreHarness['stores']['audit'];
}

const everything = { after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 1000 };
const events = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    auditEvent({ occurredAt: t0 + index, event: 'login', outcome: 'success', userId: userId(index + 1), origin }),
  );

/** The contract of every `AuditTrail`. */
export function auditTrailContract(name: string, open: () => Promise<TrailHarness>, runner: TestRunner = globalRunner()): void {
  const { describe, it, beforeEach, afterEach } = runner;
  describe(`${name} as an audit trail`, () => {
    let harness: TrailHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.dispose());

    it('shows every column as the table holds it', async () => {
      const sessionId = '019c8b6e-ad04-738a-93a8-69b5c64e5df0' as Parameters<typeof auditEvent>[0]['sessionId'];
      const details = { reason: 'too "many"', emoji: '🔒', nothing: null };
      await harness.audit.record(
        auditEvent({ occurredAt: t0, event: 'login', outcome: 'denied', userId: userId(7), sessionId: sessionId ?? null, origin, details }),
      );
      const [row] = await harness.trail.rows(everything);
      expect(row).to.deep.equal({
        id: row?.id,
        occurredAt: '2026-03-04 05:06:07.789',
        event: 'login',
        outcome: 'denied',
        userId: '7',
        sessionId,
        actor: 'user',
        ip: origin.ip,
        userAgent: origin.userAgent,
        requestId: origin.requestId,
        details: JSON.stringify(details),
      });
    });

    it('hands out rows page by page, in order, each once', async () => {
      await harness.audit.recordAll(events(25));
      const seen: string[] = [];
      for (let after = 0; ; ) {
        const page = await harness.trail.rows({ ...everything, after, limit: 10 });
        seen.push(...page.map((row) => row.userId ?? ''));
        const last = page.at(-1);
        if (last === undefined) break;
        after = last.id;
      }
      expect(seen).to.deep.equal(Array.from({ length: 25 }, (_, index) => String(index + 1)));
      const [first, second] = await harness.trail.rows(everything);
      expect(await harness.trail.rows({ ...everything, upTo: second?.id ?? 0 })).to.deep.equal([first, second]);
    });

    it('returns rows as settled once no row can appear before them', async () => {
      expect(await harness.trail.settledUpTo(0)).to.equal(0);
      await harness.audit.recordAll(events(3));
      const last = (await harness.trail.rows(everything)).at(-1)?.id ?? 0;
      expect(await harness.trail.settledUpTo(0)).to.equal(last);
      expect(await harness.trail.settledUpTo(last)).to.equal(last);
      expect(await harness.trail.settledUpTo(last + 5)).to.equal(last + 5);
    });

    it('deletes the oldest rows, as many as the limit', async () => {
      await harness.audit.recordAll(events(10));
      const rows = await harness.trail.rows(everything);
      const upTo = rows[5]?.id ?? 0;
      expect(await harness.trail.deleteUpTo(upTo, 4)).to.equal(4);
      expect(await harness.trail.deleteUpTo(upTo, 4)).to.equal(2);
      expect(await harness.trail.deleteUpTo(upTo, 4)).to.equal(0);
      expect(await harness.trail.rows(everything)).to.deep.equal(rows.slice(6));
    });

    it('gives no number twice, also after rows were deleted', async () => {
      await harness.audit.recordAll(events(3));
      const last = (await harness.trail.rows(everything)).at(-1)?.id ?? 0;
      await harness.trail.deleteUpTo(last, 10);
      await harness.audit.recordAll(events(1));
      expect((await harness.trail.rows(everything))[0]?.id).to.be.greaterThan(last);
    });
  });
}
