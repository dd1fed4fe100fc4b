import type { CheckReadiness } from '../../../core/usecases/operations/check-readiness.js';

/** Whether Redis carries news to other processes: it answers, it does not, or there is none. */
export type NewsWay = 'up' | 'down' | 'none';

/** Asks Redis how it is. */
export async function revocationPropagation(checkReadiness: CheckReadiness): Promise<NewsWay> {
  const { dependencies } = await checkReadiness.execute();
  return dependencies.find(({ name }) => name === 'redis')?.state ?? 'none';
}

/** When an ended session is refused, and its sockets are closed, by processes other than the one that ended it. */
export const newsWords: Readonly<Record<NewsWay, string>> = {
  up: 'Redis has told every process: they are refused, and their sockets closed, at once.',
  down: 'Redis cannot be reached: other processes follow from the database, and close the sockets, within a second.',
  none: 'Without Redis other processes follow from the database, and close the sockets, within a second.',
};
