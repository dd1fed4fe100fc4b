import { AuthError } from '../../core/domain/auth-error.js';
import type { UserId } from '../../core/domain/ids.js';
import { jsonText } from '../../core/domain/json-text.js';
import type { ConnectionRegistry } from './connection-registry.js';
import type { TrafficBudgets } from './traffic-budgets.js';

export interface ClientTrafficOptions {
  readonly userId: UserId;
  readonly traffic: TrafficBudgets;
  readonly registry: Pick<ConnectionRegistry, 'countOf'>;
}

/** The traffic that one client causes, charged to the budget of its user. */
export class ClientTraffic {
  readonly #options: ClientTrafficOptions;

  constructor(options: ClientTrafficOptions) {
    this.#options = options;
  }

  /** Charges `bytes` in any case. Returns false when the client ignored `rate_limited` for more than `trafficDebt`. */
  charge(bytes: number): boolean {
    return this.#options.traffic.charge(this.#options.userId, bytes, performance.now());
  }

  /** The refusal of a message while nothing of the budget is left; null while something is. */
  refusal(): AuthError | null {
    const waitMs = this.#options.traffic.waitMs(this.#options.userId, performance.now());
    return waitMs === 0 ? null : tooMuchTraffic(waitMs);
  }

  /**
   * Charges `bytes`, in addition to what the message was charged for already.
   * @throws AuthError `rate_limited` while nothing of the budget is left
   */
  spend(bytes: number): void {
    const { userId, traffic } = this.#options;
    const now = performance.now();
    if (!traffic.spend(userId, Math.max(0, bytes), now)) throw tooMuchTraffic(traffic.waitMs(userId, now));
  }

  /** Bytes that an event with this data sends to the sockets of the user in this process. Numbers may be longer than received: `1e20`. */
  costOf(data: unknown): number {
    return Buffer.byteLength(jsonText(data) ?? '') * this.#options.registry.countOf(this.#options.userId);
  }
}

const tooMuchTraffic = (waitMs: number): AuthError => new AuthError('rate_limited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
