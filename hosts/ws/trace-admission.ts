import { AuthError } from '../../core/domain/auth-error.js';
import type { TraceFields, Tracer } from '../../core/ports/operations/tracer.js';

/** Runs what judges a client, and passes on what becomes of it. */
export type Judged = <Result>(judge: () => Promise<Result>) => Promise<Result>;

/**
 * Follows how a client is let in as a request of its own, from when it is judged until that is done: the connection itself may last for
 * days. Its caller's trace goes on. Refused or not, the upgrade was answered 101 (RFC 6455 §4.2.2).
 */
export function traceAdmission(tracer: Tracer | null, fields: TraceFields): Judged {
  if (tracer === null) return (judge) => judge();
  return <Result>(judge: () => Promise<Result>) =>
    new Promise<Result>((resolve) => {
      tracer.request('GET', fields, (trace) => {
        const end = (code: string | null) => trace.end({ route: '/ws', status: 101, code });
        const judged = judge();
        judged.then(
          () => end(null),
          (error: unknown) => end(error instanceof AuthError ? error.code : 'internal_error'),
        );
        resolve(judged);
      });
    });
}
