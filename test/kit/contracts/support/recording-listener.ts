import { setTimeout as delay } from 'node:timers/promises';
import type { Revocation } from '../../../../core/domain/sessions/session.js';
import type { RevocationListener } from '../../../../core/ports/sessions/revocation-feed.js';

/** Records the calls of a revocation feed. */
export class RecordingListener implements RevocationListener {
  readonly revocations: Revocation[] = [];
  /** The times of the `heard` calls, by `performance.now`. */
  readonly heardTimes: number[] = [];
  losses = 0;

  ended(revocations: readonly Revocation[]): void {
    this.revocations.push(...revocations);
  }

  heard(): void {
    this.heardTimes.push(performance.now());
  }

  lost(): void {
    this.losses += 1;
  }

  /** The longest time between two `heard` calls; the present counts as one. */
  longestSilenceMs(): number {
    const times = [...this.heardTimes, performance.now()];
    return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
  }

  /** Resolves as soon as the condition holds; fails when it does not within `ms`. */
  async until(condition: () => boolean, ms: number): Promise<void> {
    const deadline = performance.now() + ms;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`it was not told within ${ms} ms`);
      await delay(5);
    }
  }
}
