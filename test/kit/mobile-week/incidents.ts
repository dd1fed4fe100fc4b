import type { Instant } from '../../../core/domain/instant.js';
import type { Chance } from './chance.js';

/** The behaviour of the database for one request. */
export type DatabaseFate =
  | 'works'
  /** It cannot be reached. */
  | 'unreachable'
  /** It fails over, or the server is killed, during the transaction: nothing is stored, and the server does not learn of it. */
  | 'rolls_back'
  /** It fails over after the commit: everything is stored, and the server does not learn of it. */
  | 'commits_unanswered';

/** The delivery of one request. */
export interface Delivery {
  /** False: it never reaches a server. */
  readonly isReceived: boolean;
  readonly database: DatabaseFate;
  /** False: the client does not get the server's response. */
  readonly isAnswered: boolean;
}

const dayMs = 86_400_000;
/** How long no server accepts connections after a restart, in milliseconds. */
const restartMs = 5000;
/** Transactions that run at the start of a failover, for this many milliseconds, have an unknown outcome. */
const breakingMs = 2000;
const restartsPerDay = 2;

interface Failover {
  readonly from: Instant;
  readonly to: Instant;
}

export interface IncidentsOptions {
  readonly chance: Chance;
  readonly startsAt: Instant;
  readonly days: number;
}

/** Two restarts a day of all servers, and a failover a day that lasts from ten seconds to ten minutes. */
export class Incidents {
  readonly restarts: readonly Instant[];
  readonly failovers: readonly Failover[];

  constructor({ chance, startsAt, days }: IncidentsOptions) {
    const instants = (count: number) => Array.from({ length: count }, () => startsAt + chance.between(0, days * dayMs));
    this.restarts = instants(Math.ceil(days * restartsPerDay));
    this.failovers = instants(Math.ceil(days)).map((from) => ({ from, to: from + chance.between(10_000, 600_000) }));
  }

  /**
   * Returns the delivery of a request sent at `at`, on a network that loses the share `loss` of requests, and the same share of responses.
   */
  deliver(at: Instant, loss: number, chance: Chance): Delivery {
    const durationMs = chance.between(50, 2500);
    const isRefused = this.restarts.some((restart) => at >= restart && at < restart + restartMs);
    const isCut = this.restarts.some((restart) => at < restart && at + durationMs >= restart);
    const isReceived = !chance.happens(loss) && !isRefused;
    const isAnswered = !chance.happens(loss) && !isCut;
    const database = isCut && chance.happens(0.5) ? 'rolls_back' : this.#databaseAt(at, chance);
    return { isReceived, database, isAnswered };
  }

  #databaseAt(at: Instant, chance: Chance): DatabaseFate {
    const failover = this.failovers.find(({ from, to }) => at >= from && at < to);
    if (failover === undefined) return 'works';
    return at < failover.from + breakingMs ? chance.pick(['rolls_back', 'commits_unanswered']) : 'unreachable';
  }
}
