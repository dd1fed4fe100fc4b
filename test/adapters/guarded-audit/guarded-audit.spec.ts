import { expect } from 'chai';
import { AuditGuard } from '../../../adapters/guarded-audit/audit-guard.js';
import { AuditProbe } from '../../../adapters/guarded-audit/audit-probe.js';
import { ForgivingAuditSink } from '../../../adapters/guarded-audit/forgiving-audit-sink.js';
import { GroupedAuditSink } from '../../../adapters/guarded-audit/grouped-audit-sink.js';
import { GuardedAuditSink } from '../../../adapters/guarded-audit/guarded-audit-sink.js';
import { MemoryLogger } from '../../../adapters/memory/operations/memory-logger.js';
import { MemoryMetrics } from '../../../adapters/memory/operations/memory-metrics.js';
import { type AuditEvent, auditEvent } from '../../../core/domain/audit/audit-event.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import { userId } from '../../../core/domain/ids.js';
import type { AuditSink } from '../../../core/ports/audit/audit-sink.js';
import { atOnce, origin, rejection, t0 } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';

const event = (id: number): AuditEvent =>
  auditEvent({ occurredAt: t0, event: 'login', outcome: 'failure', userId: userId(id), origin, details: { id } });

/** Records each write. Delays it until `gate` resolves, and rejects it when the test sets `error` or `refuses`. */
class StubbornSink implements AuditSink {
  readonly writes: (readonly AuditEvent[])[] = [];
  error: unknown = null;
  gate: Promise<void> = Promise.resolve();
  refuses: (event: AuditEvent) => boolean = () => false;

  record(one: AuditEvent): Promise<void> {
    return this.recordAll([one]);
  }

  async recordAll(events: readonly AuditEvent[]): Promise<void> {
    this.writes.push(events);
    await this.gate;
    if (this.error !== null) throw this.error;
    if (events.some(this.refuses)) throw new Error('does not fit');
  }
}

const unavailable = () => new AuthError('dependency_unavailable');

describe('Grouping of audit rows', () => {
  it('writes at once what comes alone, and together what comes while a write is under way', async () => {
    const sink = new StubbornSink();
    const { promise, resolve } = Promise.withResolvers<void>();
    sink.gate = promise;
    const grouped = new GroupedAuditSink({ sink });
    let answered = 0;
    const writing = atOnce(200, async (id) => {
      await grouped.record(event(id));
      answered += 1;
    });
    await Promise.resolve();
    expect(sink.writes.map((rows) => rows.length)).to.deep.equal([1]);
    expect(answered, 'nobody is answered before his row is durable').to.equal(0);
    resolve();
    await writing;
    expect(sink.writes.map((rows) => rows.length)).to.deep.equal([1, 199]);
    expect(sink.writes.flat().map(({ userId: id }) => Number(id))).to.deep.equal(Array.from({ length: 200 }, (_, id) => id));
  });

  it('tells all who wait as soon as the log cannot be reached, and goes on afterwards', async () => {
    const sink = new StubbornSink();
    sink.error = unavailable();
    const grouped = new GroupedAuditSink({ sink });
    const ends = await atOnce(20, (id) => rejection(grouped.record(event(id))));
    expect(new Set(ends)).to.deep.equal(new Set([sink.error]));
    expect(sink.writes).to.have.length(1);
    sink.error = null;
    await grouped.record(event(1));
  });

  it('keeps a row that nobody can write from taking the others with it', async () => {
    const sink = new StubbornSink();
    sink.refuses = ({ userId: id }) => id === '7';
    const grouped = new GroupedAuditSink({ sink });
    const ends = await Promise.allSettled(Array.from({ length: 10 }, (_, id) => grouped.record(event(id))));
    expect(ends.flatMap(({ status }, id) => (status === 'rejected' ? [id] : []))).to.deep.equal([7]);
  });
});

describe('An audit log that cannot be written', () => {
  const open = () => {
    const sink = new StubbornSink();
    const guard = new AuditGuard({ maxAttempts: 3, restMs: 0 });
    const [logger, metrics] = [new MemoryLogger(), new MemoryMetrics()];
    return { sink, guard, logger, metrics, forgiving: new ForgivingAuditSink({ sink, guard, logger, metrics }) };
  };

  it('costs a log line and a count for each row, and no refusal', async () => {
    const { sink, logger, metrics, forgiving } = open();
    sink.error = unavailable();
    await forgiving.recordAll([event(1), event(2)]);
    expect(metrics.value('move_acces_audit_lost_total')).to.equal(2);
    expect(logger.entries.map(({ level, message }) => [level, message])).to.deep.equal([
      ['error', 'audit row lost'],
      ['error', 'audit row lost'],
    ]);
    expect(logger.entries[0]?.fields.row).to.deep.equal({
      event: 'login',
      outcome: 'failure',
      userId: '1',
      sessionId: null,
      actor: 'user',
      details: { id: 1 },
      occurredAt: '2026-03-04T05:06:07.789Z',
      ...origin,
    });
  });

  it('is shown by its probe until a row is written', async () => {
    const { sink, guard, forgiving } = open();
    const probe = new AuditProbe({ guard, tryTable: async () => {} });
    await probe.check();
    expect(probe.isKnownDown()).to.equal(false);
    sink.error = unavailable();
    await forgiving.record(event(1));
    expect(await rejection(probe.check())).to.be.instanceOf(Error);
    expect(probe.isKnownDown()).to.equal(true);
    sink.error = null;
    await forgiving.record(event(2));
    await probe.check();
    const missing = new AuditProbe({ guard, tryTable: () => Promise.reject(new Error('no table')) });
    expect(await rejection(missing.check())).to.be.instanceOf(Error);
  });

  it('is tried by one unit of work at a time; the others are refused at once', async () => {
    const { sink, guard } = open();
    const guarded = new GuardedAuditSink({ sink, guard });
    sink.error = unavailable();
    await rejection(guarded.record(event(0)));
    const { promise, resolve } = Promise.withResolvers<void>();
    sink.gate = promise;
    const trial = rejection(guarded.record(event(1)));
    const others = await atOnce(5, () => rejection(guarded.record(event(2))));
    for (const error of others) expect(error).to.include({ code: 'dependency_unavailable' });
    expect(sink.writes, 'the others did not touch it').to.have.length(2);
    resolve();
    await trial;
    sink.error = null;
    await guarded.record(event(3));
    expect(guard.brokenForMs).to.equal(null);
    await atOnce(50, () => guarded.record(event(4)));
    expect(sink.writes).to.have.length(53);
  });

  itInTime('holds a few units of work, however many come while it is stuck', async () => {
    const { sink, guard } = open();
    const guarded = new GuardedAuditSink({ sink, guard });
    const { promise, resolve } = Promise.withResolvers<void>();
    sink.gate = promise;
    const stuck = atOnce(3, () => guarded.record(event(1)));
    const startedAt = performance.now();
    const others = await atOnce(20, () => rejection(guarded.record(event(2))));
    expect(performance.now() - startedAt).to.be.within(200, 1000);
    for (const error of others) expect(error).to.include({ code: 'dependency_unavailable' });
    expect(sink.writes).to.have.length(3);
    resolve();
    await stuck;
    expect(guard.brokenForMs).to.equal(null);
  });
});
