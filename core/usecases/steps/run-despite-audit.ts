import type { AuditEvent } from '../../domain/audit/audit-event.js';
import type { AuditSink } from '../../ports/audit/audit-sink.js';
import type { Ports } from '../../ports/ports.js';
import type { Stores, UnitOfWorkOptions } from '../../ports/unit-of-work.js';

export type RunDespiteAuditPorts = Pick<Ports, 'unitOfWork' | 'audit'>;

/** `isAudited` is false where audit rows cannot be written: then the work may not change an account. */
type Work<Result> = (stores: Stores, isAudited: boolean) => Promise<Result>;

/**
 * Runs a unit of work that is more important than its audit rows: sign-in, refresh, sign-out. Normally the rows commit with it. When only
 * `audit.record` failed, the work runs again without the rows, and the rows go to the sink outside the unit of work, which tries once more
 * and never throws. While the database is unavailable, the second run fails as well.
 * @throws any error that `work` throws; AuthError `dependency_unavailable`
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

/** Forwards every call, and remembers the errors. */
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
