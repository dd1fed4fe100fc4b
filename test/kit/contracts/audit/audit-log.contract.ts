import { expect } from 'chai';
import { type AuditEvent, auditEvent } from '../../../../core/domain/audit/audit-event.js';
import { userId } from '../../../../core/domain/ids.js';
import type { AuditFilter } from '../../../../core/ports/audit/audit-log.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { newSessionId, origin, t0 } from '../support/samples.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';

const all: AuditFilter = { userId: null, event: null, since: null };

/** The contract of every `AuditLog`. */
export function auditLogContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as an audit log that is looked into`, () => {
    const store = useStore(open, runner);
    const log = () => store().stores.auditLog;
    const record = (changes: Partial<AuditEvent>) =>
      store().stores.audit.record(auditEvent({ occurredAt: t0, event: 'login', outcome: 'success', origin, ...changes }));
    const actors = (rows: readonly { readonly actor: string }[]) => rows.map((row) => row.actor);

    it('shows every column as it was recorded', async () => {
      const sessionId = newSessionId();
      await record({ userId: userId(7), sessionId, actor: 'admin:Éloïse', details: { reason: "it's", count: 3 } });
      const [row, ...others] = await log().newest(all, 10);
      expect(others).to.deep.equal([]);
      expect(row?.id).to.be.a('number');
      expect(row).to.deep.include({
        occurredAt: '2026-03-04 05:06:07.789',
        event: 'login',
        outcome: 'success',
        userId: '7',
        sessionId,
        actor: 'admin:Éloïse',
        ...origin,
      });
      expect(JSON.parse(row?.details ?? '')).to.deep.equal({ reason: "it's", count: 3 });
    });

    it('returns the newest rows, in ascending order', async () => {
      for (const actor of ['a', 'b', 'c', 'd']) await record({ actor });
      expect(actors(await log().newest(all, 2))).to.deep.equal(['c', 'd']);
      expect(actors(await log().newest(all, 9))).to.deep.equal(['a', 'b', 'c', 'd']);
    });

    it('continues after a row', async () => {
      for (const actor of ['a', 'b', 'c', 'd']) await record({ actor });
      const [first] = await log().newest(all, 4);
      const page = await log().after(first?.id ?? 0, all, 2);
      expect(actors(page)).to.deep.equal(['b', 'c']);
      expect(actors(await log().after(page[1]?.id ?? 0, all, 2))).to.deep.equal(['d']);
      expect(await log().after((page[1]?.id ?? 0) + 1, all, 2)).to.deep.equal([]);
    });

    it('filters by user, by event and by time, and by all of them', async () => {
      await record({ actor: 'a', userId: userId(1) });
      await record({ actor: 'b', userId: userId(2), event: 'logout' });
      await record({ actor: 'c', userId: userId(1), event: 'logout', occurredAt: t0 + 1 });
      await record({ actor: 'd', userId: userId(12), occurredAt: t0 + 2 });
      expect(actors(await log().newest({ ...all, userId: userId(1) }, 9))).to.deep.equal(['a', 'c']);
      expect(actors(await log().newest({ ...all, event: 'logout' }, 9))).to.deep.equal(['b', 'c']);
      expect(actors(await log().newest({ ...all, since: t0 + 1 }, 9))).to.deep.equal(['c', 'd']);
      expect(actors(await log().after(0, { userId: userId(1), event: 'logout', since: t0 + 1 }, 9))).to.deep.equal(['c']);
      expect(actors(await log().newest({ ...all, event: 'logout' }, 1))).to.deep.equal(['c']);
      expect(await log().newest({ ...all, userId: userId("1' or '1'='1") }, 9)).to.deep.equal([]);
    });
  });
}
