import { auditEvent } from '../domain/audit-event.js';
import { AuthError } from '../domain/auth-error.js';
import { rateSubject } from '../domain/client-address.js';
import type { Origin } from '../domain/origin.js';
import type { RateVerdict } from '../domain/rate-rule.js';
import type { Ports } from '../ports/ports.js';

export type CountAttemptPorts = Pick<Ports, 'rateLimits' | 'rateRules' | 'audit' | 'clock' | 'metrics'>;

export interface Attempt {
  /** The account, in words that are no secret. */
  readonly subject: string;
  readonly origin: Origin;
  /** Whether the account has a live session at this address. Asked only for an attempt that is to be refused. */
  readonly isAtHome?: (ip: string) => Promise<boolean>;
}

/**
 * Counts an attempt at an account's password as failed before it is judged, so that attempts made at once cannot pass the limit
 * together; `forgiveAttempt` takes back what it answers when the password was right, or nobody judged it. Strangers who use the
 * attempts up do not lock anybody out of where he is signed in: attempts from there are counted by themselves.
 * @throws AuthError `rate_limited`
 */
export async function countAttempt({ subject, origin, isAtHome }: Attempt, ports: CountAttemptPorts): Promise<string> {
  const verdict = await take(subject, ports);
  if (verdict.isAllowed) return subject;
  const { ip } = origin;
  if (ip === null || isAtHome === undefined || !(await isAtHome(ip))) return refuse(subject, verdict, origin, ports);
  const home = `${subject}@${rateSubject(ip)}`;
  const verdictAtHome = await take(home, ports);
  return verdictAtHome.isAllowed ? home : refuse(home, verdictAtHome, origin, ports);
}

export const forgiveAttempt = (counted: string, { rateLimits, rateRules }: CountAttemptPorts): Promise<void> =>
  rateLimits.giveBack(rateRules.account, counted);

async function take(subject: string, { rateLimits, rateRules, metrics }: CountAttemptPorts): Promise<RateVerdict> {
  const verdict = await rateLimits.take(rateRules.account, subject);
  metrics.rateJudged('account', verdict.isAllowed ? 'allowed' : 'refused');
  return verdict;
}

async function refuse(subject: string, verdict: RateVerdict, origin: Origin, { audit, clock }: CountAttemptPorts): Promise<never> {
  if (verdict.isFirstRefusal) {
    const details = { policy: 'account', subject };
    await audit.record(auditEvent({ occurredAt: clock.now(), event: 'rate_limited', outcome: 'denied', origin, details }));
  }
  throw new AuthError('rate_limited', { verdict, retryAfterSeconds: verdict.resetSeconds });
}
