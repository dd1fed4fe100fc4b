import { secondsToMs } from '../../domain/instant.js';
import type { Ports } from '../../ports/ports.js';
import type { ScheduledTask } from '../../ports/scheduler.js';

export type FollowRevocationsPorts = Pick<
  Ports,
  'sessions' | 'revocationFeed' | 'revokedSessions' | 'sessionPolicy' | 'clock' | 'scheduler' | 'logger'
>;

/** Interval of the database reads, in milliseconds: two reads within the second that a revocation may take. */
const pollMs = 500;
/** A revocation becomes visible when it commits, which may be up to this long after its instant. */
const commitDelayMs = 10_000;

/**
 * Keeps this process's view of ended sessions fresh. The feed delivers revocations at once. A database read every half second finds the
 * ones that the feed missed: those lost with Redis, and those of a process that ended between commit and announcement.
 */
export class FollowRevocations {
  readonly #ports: FollowRevocationsPorts;
  #readUntil: number;
  #hasGap = false;
  #following: { stop(): Promise<void> } | null = null;
  #polling: ScheduledTask | null = null;

  constructor(ports: FollowRevocationsPorts) {
    this.#ports = ports;
    this.#readUntil = Number.NEGATIVE_INFINITY;
  }

  /** Resolves with a complete view. @throws AuthError `dependency_unavailable` */
  async start(): Promise<void> {
    const { revocationFeed, revokedSessions, scheduler, clock } = this.#ports;
    this.#following = await revocationFeed.follow({
      ended: (revocations) => revokedSessions.add(revocations, clock.now()),
      heard: () => {
        if (!this.#hasGap) revokedSessions.heard(clock.now());
      },
      lost: () => {
        this.#hasGap = true;
      },
    });
    await this.#catchUp();
    this.#polling = scheduler.every(pollMs, () => this.#poll());
  }

  async stop(): Promise<void> {
    await this.#polling?.stop();
    await this.#following?.stop();
  }

  async #poll(): Promise<void> {
    try {
      await this.#catchUp();
    } catch (error) {
      this.#ports.logger.debug('revocations could not be read', { error });
    }
  }

  /** The state of the database at the start of the read covers every gap of the feed before it. */
  async #catchUp(): Promise<void> {
    const { sessions, revokedSessions, sessionPolicy, clock } = this.#ports;
    const startedAt = clock.now();
    const oldest = startedAt - secondsToMs(sessionPolicy.accessTtlSeconds) - commitDelayMs;
    // While the clock was ahead, the view dropped more than it should.
    const isSetBack = startedAt < this.#readUntil;
    const since = isSetBack ? oldest : Math.max(oldest, this.#readUntil - commitDelayMs);
    const hadGap = this.#hasGap;
    this.#hasGap = false;
    try {
      revokedSessions.add(await sessions.revokedSince(since), clock.now());
    } catch (error) {
      this.#hasGap ||= hadGap;
      throw error;
    }
    this.#readUntil = startedAt;
    revokedSessions.read(startedAt);
    revokedSessions.forget(oldest);
  }
}
