import type { AuditEvent } from '../../core/domain/audit/audit-event.js';
import { AuthError } from '../../core/domain/auth-error.js';
import type { AuditSink } from '../../core/ports/audit/audit-sink.js';
import { Batcher } from '../concurrency/batcher.js';

type Rows = readonly AuditEvent[];

/** Callers in one batch, at most. */
const maxItems = 500;

/**
 * Writes the rows that arrive while a write is under way in one next write: many waiting requests, one statement. A caller that comes alone
 * waits for no timer, and no caller's promise resolves before its rows are durable. When the log cannot be reached, all waiting callers
 * are refused at once.
 */
export class GroupedAuditSink implements AuditSink {
  readonly #sink: AuditSink;
  readonly #batcher = new Batcher<Rows, void>({ maxItems, maxConcurrent: 1, isEager: true, run: (batch) => this.#write(batch) });

  constructor(options: { readonly sink: AuditSink }) {
    this.#sink = options.sink;
  }

  record(event: AuditEvent): Promise<void> {
    return this.recordAll([event]);
  }

  recordAll(events: readonly AuditEvent[]): Promise<void> {
    return this.#batcher.add(events);
  }

  async #write(batch: readonly Rows[]): Promise<(rows: Rows, index: number) => Promise<void>> {
    try {
      await this.#sink.recordAll(batch.flat());
      return async () => {};
    } catch (error) {
      if (error instanceof AuthError) {
        this.#batcher.rejectWaiting(error);
        throw error;
      }
      return await this.#writeEach(batch);
    }
  }

  /** A row that cannot be written must not keep the others of its batch from being written. */
  async #writeEach(batch: readonly Rows[]): Promise<(rows: Rows, index: number) => Promise<void>> {
    const failures = new Map<number, unknown>();
    for (const [index, rows] of batch.entries()) {
      await this.#sink.recordAll(rows).catch((error: unknown) => failures.set(index, error));
    }
    return async (_rows, index) => {
      if (failures.has(index)) throw failures.get(index);
    };
  }
}
