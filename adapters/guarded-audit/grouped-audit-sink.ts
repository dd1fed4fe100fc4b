import type { AuditEvent } from '../../core/domain/audit/audit-event.js';
import { AuthError } from '../../core/domain/auth-error.js';
import type { AuditSink } from '../../core/ports/audit/audit-sink.js';

interface Waiting {
  readonly events: readonly AuditEvent[];
  resolve(): void;
  reject(error: unknown): void;
}

/** Callers in one group at most. */
const largestGroup = 500;

/**
 * Writes what arrives while a write is under way together in the next one: many waiting requests, one statement. Nobody waits for a
 * clock, and nobody is answered before his rows are durable. When the log cannot be reached, all who wait are told at once.
 */
export class GroupedAuditSink implements AuditSink {
  readonly #sink: AuditSink;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(options: { readonly sink: AuditSink }) {
    this.#sink = options.sink;
  }

  record(event: AuditEvent): Promise<void> {
    return this.recordAll([event]);
  }

  recordAll(events: readonly AuditEvent[]): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ events, resolve, reject });
    if (!this.#isWriting) void this.#writeAll();
    return promise;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) await this.#write(this.#waiting.splice(0, largestGroup));
    this.#isWriting = false;
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#sink.recordAll(group.flatMap(({ events }) => events));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (error instanceof AuthError) return this.#refuse([...group, ...this.#waiting.splice(0)], error);
      // a row that nobody can write must not take the others with it
      for (const one of group) await this.#sink.recordAll(one.events).then(one.resolve, one.reject);
    }
  }

  #refuse(group: readonly Waiting[], error: unknown): void {
    for (const { reject } of group) reject(error);
  }
}
