import { once } from 'node:events';
import type { WorkerSeat } from '../wiring/worker-seat.js';
import type { SeatPapers } from './messages.js';
import { PrimaryLink } from './primary-link.js';

/** The seat of this process, a worker. */
export interface TakenSeat extends WorkerSeat, SeatPapers {
  /** Leaves what this process has counted with its primary. */
  leave(): Promise<void>;
}

/** Waits for what the primary says first. From then on the process ends by itself when its work is done. */
export async function takeSeat(): Promise<TakenSeat> {
  // a cast: nobody else sends messages to this process
  const [papers] = (await once(process, 'message')) as [SeatPapers];
  process.channel?.unref();
  const exchange = new PrimaryLink();
  return { ...papers, exchange, leave: () => exchange.leave() };
}
