import { auditEvent } from '../domain/audit-event.js';
import { AuthError } from '../domain/auth-error.js';
import type { Origin } from '../domain/origin.js';
import type { Ports } from '../ports/ports.js';

export type CountAttemptPorts = Pick<Ports, 'rateLimits' | 'rateRules' | 'audit' | 'clock' | 'metrics'>;

/**
 * Counts an attempt at an account's password as failed before it is judged, so that attempts made at once cannot pass the limit
 * together; `forgiveAttempt` takes it back when the password was right.
 * @throws AuthError `rate_limited`
 */
export async function countAttempt(subject: string, origin: Origin, ports: CountAttemptPorts): Promise<void> {
  const { rateLimits, rateRules, audit, clock, metrics } = ports;
  const verdict = await rateLimits.take(rateRules.account, subject);
  metrics.rateJudged('account', verdict.isAllowed ? 'allowed' : 'refused');
  if (verdict.isAllowed) return;
  if (verdict.isFirstRefusal) {
    const details = { policy: 'account', subject };
    await audit.record(auditEvent({ occurredAt: clock.now(), event: 'rate_limited', outcome: 'denied', origin, details }));
  }
  throw new AuthError('rate_limited', { verdict, retryAfterSeconds: verdict.resetSeconds });
}

export const forgiveAttempt = (subject: string, { rateLimits, rateRules }: CountAttemptPorts): Promise<void> =>
  rateLimits.giveBack(rateRules.account, subject);
