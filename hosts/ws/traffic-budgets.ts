import type { UserId } from '../../core/domain/ids.js';
import { TokenBucket } from './token-bucket.js';
import type { WsLimits } from './ws-limits.js';

export type TrafficLimits = Pick<WsLimits, 'trafficPerSecond' | 'trafficBurst' | 'trafficDebt'>;

/**
 * The traffic that the sockets of one user cause in this process, in bytes: the messages that they send, and the messages sent as a result.
 * All sockets of a user share one budget, which outlives them, so that a client gains nothing with more sockets or a new connection.
 */
export class TrafficBudgets {
  readonly #limits: TrafficLimits;
  readonly #buckets = new Map<UserId, TokenBucket>();

  constructor(limits: TrafficLimits) {
    this.#limits = limits;
  }

  /** Number of users whose budget is not full. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Charges `bytes` where anything is left, even if `bytes` is more than that; otherwise charges nothing and returns false. */
  spend(userId: UserId, bytes: number, now: number): boolean {
    const bucket = this.#bucketOf(userId, now);
    if (bucket.left(now) <= 0) return false;
    bucket.charge(bytes, now);
    return true;
  }

  /** Charges in any case. Returns false when the debt exceeds `trafficDebt`, which a client that obeys `rate_limited` does not reach. */
  charge(userId: UserId, bytes: number, now: number): boolean {
    const bucket = this.#bucketOf(userId, now);
    bucket.charge(bytes, now);
    return bucket.left(now) >= -this.#limits.trafficDebt;
  }

  /** Milliseconds until something is left. */
  waitMs(userId: UserId, now: number): number {
    const left = this.#buckets.get(userId)?.left(now) ?? 1;
    return left > 0 ? 0 : Math.ceil(((1 - left) / this.#limits.trafficPerSecond) * 1000);
  }

  /** Call it at regular intervals: removes the budgets that are full again. */
  forgetFull(now: number): void {
    for (const [userId, bucket] of this.#buckets) if (bucket.left(now) >= this.#limits.trafficBurst) this.#buckets.delete(userId);
  }

  #bucketOf(userId: UserId, now: number): TokenBucket {
    const known = this.#buckets.get(userId);
    if (known !== undefined) return known;
    const { trafficPerSecond: perSecond, trafficBurst: burst } = this.#limits;
    const bucket = new TokenBucket({ perSecond, burst }, now);
    this.#buckets.set(userId, bucket);
    return bucket;
  }
}
