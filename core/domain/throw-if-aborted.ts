import { AuthError } from './auth-error.js';

/**
 * For what must not be done late: its caller may have given up, sent it again since, and gone on.
 * @throws AuthError `dependency_unavailable` once the caller no longer waits
 */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AuthError('dependency_unavailable');
}

/** The same work, which rejects as `throwIfAborted` does where the caller no longer waits before it begins, or once it is done. */
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
