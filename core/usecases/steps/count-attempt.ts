import { auditEvent } from '../../domain/audit/audit-event.js';
import { AuthError } from '../../domain/auth-error.js';
import type { RateVerdict } from '../../domain/limits/rate-rule.js';
import type { Origin } from '../../domain/origin.js';
import type { Ports } from '../../ports/ports.js';

export type CountAttemptPorts = Pick<Ports, 'rateLimits' | 'rateRules' | 'audit' | 'clock' | 'metrics'>;

export interface Attempt {
  /** The subject that the attempt counts for: an account, one known device of it, or one session. Not a secret. */
  readonly subject: string;
  readonly origin: Origin;
}

/**
 * Counts a password attempt as failed before the password is verified, so that concurrent attempts cannot pass the limit together.
 * `forgiveAttempt` takes it back when the password was right, or was not verified.
 * @throws AuthError `rate_limited`
 */
export async function countAttempt({ subject, origin }: Attempt, ports: CountAttemptPorts): Promise<void> {
  const { rateLimits, rateRules, metrics } = ports;
  const verdict = await rateLimits.take(rateRules.account, subject);
  metrics.rateJudged('account', verdict.isAllowed ? 'allowed' : 'refused');
  if (!verdict.isAllowed) await refuse(subject, verdict, origin, ports);
}

export const forgiveAttempt = ({ subject }: Pick<Attempt, 'subject'>, { rateLimits, rateRules }: CountAttemptPorts): Promise<void> =>
  rateLimits.giveBack(rateRules.account, subject);

async function refuse(subject: string, verdict: RateVerdict, origin: Origin, { audit, clock }: CountAttemptPorts): Promise<never> {
  if (verdict.isFirstRefusal) {
    const details = { policy: 'account', subject };
    await audit.record(auditEvent({ occurredAt: clock.now(), event: 'rate_limited', outcome: 'denied', origin, details }));
  }
  throw new AuthError('rate_limited', { detail: { verdict }, retryAfterSeconds: verdict.resetSeconds });
}
