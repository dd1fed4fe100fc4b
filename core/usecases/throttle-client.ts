import { auditEvent } from '../domain/audit-event.js';
import { AuthError } from '../domain/auth-error.js';
import { rateSubject } from '../domain/client-address.js';
import type { Origin } from '../domain/origin.js';
import type { RateVerdict } from '../domain/rate-rule.js';
import type { Ports } from '../ports/ports.js';

export interface ThrottleClientInput {
  readonly policy: 'login' | 'api';
  /** A valid IPv4 or IPv6 address. */
  readonly ip: string;
  readonly origin: Origin;
}

export type ThrottleClientPorts = Pick<Ports, 'rateLimits' | 'rateRules' | 'audit' | 'clock' | 'metrics'>;

/**
 * Counts a request of a client address and lets it through or not. Of a row of refusals the first is audited.
 * @throws AuthError `rate_limited`, with the verdict
 */
export class ThrottleClient {
  readonly #ports: ThrottleClientPorts;

  constructor(ports: ThrottleClientPorts) {
    this.#ports = ports;
  }

  async execute({ policy, ip, origin }: ThrottleClientInput): Promise<RateVerdict> {
    const { rateLimits, rateRules, audit, clock, metrics } = this.#ports;
    const verdict = await rateLimits.take(rateRules[policy], rateSubject(ip));
    metrics.rateJudged(policy, verdict.isAllowed ? 'allowed' : 'refused');
    if (verdict.isAllowed) return verdict;
    if (verdict.isFirstRefusal) {
      await audit.record(auditEvent({ occurredAt: clock.now(), event: 'rate_limited', outcome: 'denied', origin, details: { policy } }));
    }
    throw new AuthError('rate_limited', { verdict, retryAfterSeconds: verdict.resetSeconds });
  }
}
