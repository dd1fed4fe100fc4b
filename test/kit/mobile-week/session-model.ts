import { type Instant, secondsToMs } from '../../../core/domain/instant.js';
import type { SessionPolicy } from '../../../core/domain/sessions/session.js';

/** Why the rules end a session. */
export type LogoutReason = 'idle_life_over' | 'absolute_life_over' | 'theft_found' | 'signed_out';

/** The response to a presented refresh token that the rules require. */
export type Demand =
  /** `repeatedAfterMs` is null for the first presentation, otherwise the time since it. */
  | { readonly kind: 'tokens'; readonly repeatedAfterMs: number | null }
  | { readonly kind: 'refusal'; readonly reason: LogoutReason; readonly isReuse: boolean };

/** A refresh token that a phone or a thief holds: the first of a session has the number 0. */
export interface HeldToken {
  readonly session: SessionModel;
  readonly number: number;
  readonly text: string;
}

/**
 * The rules for one session, written independently of `judgeRotation` and in other terms, so that a fault in one of them shows. A token is
 * repeated as long as no later one was presented, whatever `replaySeconds` of the policy is: a limit in seconds shows as false logouts.
 */
export class SessionModel {
  /** A thief has presented one of its tokens. */
  isShared = false;
  /** A fault of the server was found: the later responses for this session prove nothing more. */
  isDistrusted = false;
  readonly #policy: SessionPolicy;
  readonly #endsAt: Instant;
  readonly #texts = new Map<number, string>();
  #idleEndsAt: Instant;
  #lastPresented = -1;
  #rotatedAt: Instant;
  #endedBy: 'theft_found' | 'signed_out' | null = null;

  constructor({ policy, openedAt }: { readonly policy: SessionPolicy; readonly openedAt: Instant }) {
    this.#policy = policy;
    this.#endsAt = openedAt + secondsToMs(policy.sessionMaxSeconds);
    this.#idleEndsAt = this.#idleEndFrom(openedAt);
    this.#rotatedAt = openedAt;
  }

  get idleEndsAt(): Instant {
    return this.#idleEndsAt;
  }

  get isEndedByTheft(): boolean {
    return this.#endedBy === 'theft_found';
  }

  /** The required response to a token that is presented now. */
  demand(number: number, now: Instant): Demand {
    const reason = this.#overBy(now);
    if (reason !== null) return { kind: 'refusal', reason, isReuse: false };
    if (number < this.#lastPresented) return { kind: 'refusal', reason: 'theft_found', isReuse: true };
    return number === this.#lastPresented
      ? { kind: 'tokens', repeatedAfterMs: now - this.#rotatedAt }
      : { kind: 'tokens', repeatedAfterMs: null };
  }

  /** The same, where the server carries it out and commits. */
  present(number: number, now: Instant): Demand {
    const demand = this.demand(number, now);
    if (demand.kind === 'refusal') {
      if (demand.isReuse) this.#endedBy = 'theft_found';
      return demand;
    }
    if (demand.repeatedAfterMs === null) {
      this.#rotatedAt = now;
      this.#idleEndsAt = this.#idleEndFrom(now);
      this.#lastPresented = number;
    }
    return demand;
  }

  signOut(now: Instant): void {
    if (this.#overBy(now) === null) this.#endedBy = 'signed_out';
  }

  /** Returns whether this text equals the token of that number that the server issued before, if it did. */
  isSame(number: number, text: string): boolean {
    if (!this.#texts.has(number)) this.#texts.set(number, text);
    return this.#texts.get(number) === text;
  }

  #idleEndFrom(now: Instant): Instant {
    return Math.min(now + secondsToMs(this.#policy.refreshTtlSeconds), this.#endsAt);
  }

  #overBy(now: Instant): LogoutReason | null {
    if (this.#endedBy !== null) return this.#endedBy;
    if (now < this.#idleEndsAt) return null;
    return this.#idleEndsAt === this.#endsAt ? 'absolute_life_over' : 'idle_life_over';
  }
}
