import type { AuditEvent } from '../../domain/audit/audit-event.js';
import type { AuditSink } from '../../ports/audit/audit-sink.js';
import type { Ports } from '../../ports/ports.js';
import type { Stores, UnitOfWorkOptions } from '../../ports/unit-of-work.js';

export type RunDespiteAuditPorts = Pick<Ports, 'unitOfWork' | 'audit'>;

/** `isAudited` is false where rows cannot be written: then an account may not be changed. */
type Work<Result> = (stores: Stores, isAudited: boolean) => Promise<Result>;

/**
 * A unit of work that matters more than its rows in the audit log: signing in, refreshing, signing out. As a rule the rows commit with
 * it. When it was `audit.record` alone that failed, the work is done again without them, and they are given to the sink outside,
 * which tries once more and never throws. While the database is away, the second try fails as well.
 * @throws whatever `work` throws; AuthError `dependency_unavailable`
 */
export async function runDespiteAudit<Result>(
  work: Work<Result>,
  { unitOfWork, audit }: RunDespiteAuditPorts,
  options: UnitOfWorkOptions = {},
): Promise<Result> {
  const failures = new Set<unknown>();
  try {
    return await unitOfWork.run((stores) => work({ ...stores, audit: watched(stores.audit, failures) }, true), options);
  } catch (error) {
    if (!failures.has(error)) throw error;
  }
  const kept: AuditEvent[] = [];
  const result = await unitOfWork.run((stores) => {
    kept.length = 0; // it may run more than once
    return work({ ...stores, audit: keeper(kept) }, false);
  }, options.signal && { signal: options.signal });
  await audit.recordAll(kept);
  return result;
}

/** Passes everything on, and remembers what it failed with. */
function watched(sink: AuditSink, failures: Set<unknown>): AuditSink {
  const noted = (writing: Promise<void>) =>
    writing.catch((error: unknown) => {
      failures.add(error);
      throw error;
    });
  return { record: (event) => noted(sink.record(event)), recordAll: (events) => noted(sink.recordAll(events)) };
}

const keeper = (kept: AuditEvent[]): AuditSink => ({
  record: async (event) => void kept.push(event),
  recordAll: async (events) => void kept.push(...events),
});
