import { expect } from 'chai';
import { type AuditEvent, auditEvent, auditEventNames } from '../../../../core/domain/audit/audit-event.js';
import { userId } from '../../../../core/domain/ids.js';
import { noOrigin } from '../../../../core/domain/origin.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { newSessionId, origin, rejection, t0 } from '../support/samples.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';

/** The contract of every `AuditSink`. */
export function auditSinkContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as an audit sink`, () => {
    const store = useStore(open, runner);
    const full: AuditEvent = {
      occurredAt: t0,
      event: 'login',
      outcome: 'denied',
      userId: userId(7),
      sessionId: newSessionId(),
      actor: 'admin:Éloïse',
      origin,
      details: { reason: 'too "many"', attempts: 3, isNew: true, nothing: null, emoji: '🔒', quote: "it's \\ here" },
    };

    it('keeps every word and the millisecond of an event', async () => {
      await store().stores.audit.record(full);
      expect(await store().auditRows()).to.deep.equal([full]);
    });

    it('keeps an event of which little is known', async () => {
      const sparse = auditEvent({ occurredAt: t0, event: 'seed', outcome: 'success', origin: noOrigin });
      await store().stores.audit.record(sparse);
      expect(await store().auditRows()).to.deep.equal([sparse]);
    });

    it('takes every event by its name, in order', async () => {
      for (const event of auditEventNames) await store().stores.audit.record({ ...full, event });
      expect((await store().auditRows()).map((row) => row.event)).to.deep.equal([...auditEventNames]);
    });

    it('keeps an event that happens in a unit of work with it, or not at all', async () => {
      const failure = new Error('no');
      const run = store().unitOfWork.run(async (stores) => {
        await stores.audit.record(full);
        throw failure;
      });
      expect(await rejection(run)).to.equal(failure);
      expect(await store().auditRows()).to.deep.equal([]);
      await store().unitOfWork.run((stores) => stores.audit.record(full));
      expect(await store().auditRows()).to.deep.equal([full]);
    });
  });
}
