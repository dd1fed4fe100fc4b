import { Semaphore } from '../../concurrency/semaphore.js';
import { timeoutError } from '../sql/driver-errors.js';

/** Longest wait for a place, in milliseconds: as long as for a connection. */
const maxWaitMs = 1000;

/**
 * Places for transactions, fewer than a pool has connections: transactions that wait for a row, as many do when one account is signed in to
 * at many places at once, must leave connections to those that only read. A caller that waits too long for a place is refused with
 * `dependency_unavailable`.
 */
export const transactionPlaces = (places: number): Semaphore =>
  new Semaphore({ places, maxWaitMs, refusal: () => timeoutError('connection') });
