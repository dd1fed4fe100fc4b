import { AuthError } from '../../core/domain/auth-error.js';
import type { TraceFields, Tracer } from '../../core/ports/operations/tracer.js';

/** Runs the check of a client, and returns or throws its result. */
export type Judged = <Result>(judge: () => Promise<Result>) => Promise<Result>;

/**
 * Traces an admission as a request of its own, from the start of the check to its end: the connection itself may last for days. Continues
 * the client's trace. The status is always 101, because the upgrade succeeded even if the client is then refused (RFC 6455 §4.2.2).
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
