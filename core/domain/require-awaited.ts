import { AuthError } from './auth-error.js';

/**
 * For what must not be done late: whoever gave up waiting may have asked again since, and gone on.
 * @throws AuthError `dependency_unavailable` once nobody waits any more
 */
export function requireAwaited(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AuthError('dependency_unavailable');
}
