import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import { type AddressScope, addressScopes, rateSubject } from '../../domain/limits/client-address.js';
import type { RatePolicyName, RateRule, RateVerdict } from '../../domain/limits/rate-rule.js';
import type { Origin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';

export interface ThrottleClientInput {
  readonly policy: Exclude<RatePolicyName, 'account'>;
  /** A valid IPv4 or IPv6 address. */
  readonly ip: string;
  readonly origin: Origin;
}

export type ThrottleClientPorts = Pick<Ports, 'rateLimits' | 'rateRules' | 'audit' | 'clock' | 'metrics'>;

/**
 * Counts a request of a client address, and rejects it above the limit. Registrations are also counted for the wider blocks of an IPv6
 * address, since each registration leaves an account. In a series of refusals, only the first is audited.
 * @throws AuthError `rate_limited`, with the verdict
 */
export class ThrottleClient {
  readonly #ports: ThrottleClientPorts;

  constructor(ports: ThrottleClientPorts) {
    this.#ports = ports;
  }

  async execute({ policy, ip, origin }: ThrottleClientInput): Promise<RateVerdict> {
    const { rateRules, audit, clock, metrics } = this.#ports;
    const scopes = policy === 'register' ? addressScopes(ip) : ([{ subject: rateSubject(ip), factor: 1 }] as const);
    const verdict = await this.#take(rateRules[policy], scopes);
    metrics.rateJudged(policy, verdict.isAllowed ? 'allowed' : 'refused');
    if (verdict.isAllowed) return verdict;
    if (verdict.isFirstRefusal) {
      await audit.record(auditEvent({ occurredAt: clock.now(), event: 'rate_limited', outcome: 'denied', origin, details: { policy } }));
    }
    throw new AuthError('rate_limited', { detail: { verdict }, retryAfterSeconds: verdict.resetSeconds });
  }

  /**
   * Takes from each block, the narrowest first. All blocks must have room: where one refuses, the amounts taken from narrower blocks are
   * given back. Returns the verdict of the block that refuses, otherwise the verdict of the narrowest block.
   */
  async #take(rule: RateRule, [scope, ...wider]: readonly [AddressScope, ...AddressScope[]]): Promise<RateVerdict> {
    const { rateLimits } = this.#ports;
    const scoped = scope.factor === 1 ? rule : { ...rule, limit: rule.limit * scope.factor };
    const verdict = await rateLimits.take(scoped, scope.subject);
    const [next, ...rest] = wider;
    if (!verdict.isAllowed || next === undefined) return verdict;
    const ofWider = await this.#take(rule, [next, ...rest]);
    if (ofWider.isAllowed) return verdict;
    await rateLimits.giveBack(scoped, scope.subject);
    return ofWider;
  }
}
