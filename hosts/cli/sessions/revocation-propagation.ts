import type { CheckReadiness } from '../../../core/usecases/operations/check-readiness.js';

/** The state of the delivery of revocations to other processes: Redis responds, does not respond, or is not configured. */
export type NewsWay = 'up' | 'down' | 'none';

/** Checks the state of Redis. */
export async function revocationPropagation(checkReadiness: CheckReadiness): Promise<NewsWay> {
  const { dependencies } = await checkReadiness.execute();
  return dependencies.find(({ name }) => name === 'redis')?.state ?? 'none';
}

/** When other processes reject an ended session and close its sockets. */
export const newsWords: Readonly<Record<NewsWay, string>> = {
  up: 'Redis has told every process: they are refused, and their sockets closed, at once.',
  down: 'Redis cannot be reached: other processes follow from the database, and close the sockets, within a second.',
  none: 'Without Redis other processes follow from the database, and close the sockets, within a second.',
};
