import { AuthError } from './auth-error.js';

/**
 * For work that must not be done late: its caller may have stopped waiting and sent the request again since.
 * @throws AuthError `dependency_unavailable` when the caller no longer waits
 */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AuthError('dependency_unavailable');
}

/**
 * Wraps work so that it rejects as `throwIfAborted` does when the caller no longer waits, either before the work starts or after it is
 * done.
 */
export function abortableWork<Held, Result>(
  work: (held: Held) => Promise<Result>,
  signal: AbortSignal | undefined,
): (held: Held) => Promise<Result> {
  if (signal === undefined) return work;
  return async (held) => {
    throwIfAborted(signal);
    const result = await work(held);
    throwIfAborted(signal);
    return result;
  };
}
