import type { AuditRow } from '../../domain/audit/audit-row.js';
import { instantText } from '../../domain/instant-text.js';
import type { AuditFilter } from '../../ports/audit/audit-log.js';
import type { Ports } from '../../ports/ports.js';
import type { ScheduledTask } from '../../ports/scheduler.js';

export type FollowAuditPorts = Pick<Ports, 'auditLog' | 'clock' | 'scheduler'>;

export interface AuditReader {
  /** Receives the rows that pass the filter, each row once. */
  rows(rows: readonly AuditRow[]): void;
  /** Called when the rows cannot be read, once per outage. The reads are retried. */
  away(error: unknown): void;
}

export interface FollowAuditInput {
  readonly filter: AuditFilter;
  /** Number of the newest rows to show first. */
  readonly limit: number;
  readonly reader: AuditReader;
}

const pollMs = 500;
const pageSize = 500;
/** A row becomes visible when its transaction commits. That may be up to this long after its instant, and after rows with higher ids. */
const commitDelayMs = 10_000;

/** Shows the audit log to an admin as it grows. */
export class FollowAudit {
  readonly #ports: FollowAuditPorts;
  readonly #shown = new Set<number>();
  /** No row that will still appear has an id at or below this one. */
  #settled = 0;
  #isAway = false;
  #polling: ScheduledTask | null = null;

  constructor(ports: FollowAuditPorts) {
    this.#ports = ports;
  }

  /** Resolves after the first rows were shown. @throws AuthError `dependency_unavailable` */
  async start({ filter, limit, reader }: FollowAuditInput): Promise<void> {
    const { auditLog, clock, scheduler } = this.#ports;
    const everything = { userId: null, event: null, since: null };
    const before = await auditLog.newest({ ...everything, since: clock.now() - commitDelayMs }, pageSize);
    const [last] = await auditLog.newest(everything, 1);
    this.#settled = (before[0]?.id ?? (last?.id ?? 0) + 1) - 1;
    const rows = await auditLog.newest(filter, limit);
    // Older rows that are not among the first rows were left out on purpose, because of the limit. So they count as shown.
    for (const row of [...before, ...rows]) this.#shown.add(row.id);
    if (rows.length > 0) reader.rows(rows);
    this.#polling = scheduler.every(pollMs, () => this.#poll(filter, reader));
  }

  async stop(): Promise<void> {
    await this.#polling?.stop();
  }

  async #poll(filter: AuditFilter, reader: AuditReader): Promise<void> {
    try {
      await this.#read(filter, reader);
      this.#isAway = false;
    } catch (error) {
      if (!this.#isAway) reader.away(error);
      this.#isAway = true;
    }
  }

  async #read(filter: AuditFilter, reader: AuditReader): Promise<void> {
    const { auditLog, clock } = this.#ports;
    const settledBefore = instantText(clock.now() - commitDelayMs).replace('T', ' ');
    for (let after = this.#settled; ; ) {
      const rows = await auditLog.after(after, filter, pageSize);
      const fresh = rows.filter((row) => !this.#shown.has(row.id));
      for (const row of rows) this.#shown.add(row.id);
      if (fresh.length > 0) reader.rows(fresh);
      this.#settle(rows.filter((row) => row.occurredAt < settledBefore).at(-1)?.id ?? this.#settled);
      after = rows.at(-1)?.id ?? after;
      if (rows.length < pageSize) return;
    }
  }

  #settle(id: number): void {
    this.#settled = Math.max(this.#settled, id);
    for (const shown of this.#shown) if (shown <= this.#settled) this.#shown.delete(shown);
  }
}
