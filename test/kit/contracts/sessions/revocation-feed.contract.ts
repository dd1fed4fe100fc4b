import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { userId } from '../../../../core/domain/ids.js';
import type { Revocation, RevocationReason } from '../../../../core/domain/sessions/session.js';
import type { RevocationFeed } from '../../../../core/ports/sessions/revocation-feed.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { RecordingListener } from '../support/recording-listener.js';
import { newSessionId, t0 } from '../support/samples.js';

export interface RevocationFeedHarness {
  readonly feed: RevocationFeed;
  /** The feed of another process; the same feed where there is no other process. */
  readonly other: RevocationFeed;
  dispose(): Promise<void>;
}

export const sampleRevocation = (reason: RevocationReason = 'logout'): Revocation => ({
  sessionId: newSessionId(),
  userId: userId('42'),
  revokedAt: t0,
  reason,
});

/** The contract of every `RevocationFeed`. */
export function revocationFeedContract(
  name: string,
  open: () => Promise<RevocationFeedHarness>,
  runner: TestRunner = globalRunner(),
): void {
  const { describe, it, itInTime = it, beforeEach, afterEach } = runner;
  describe(`${name} as a feed of revocations`, () => {
    let harness: RevocationFeedHarness;
    const stops: (() => Promise<void>)[] = [];
    const followed = async (feed: RevocationFeed) => {
      const listener = new RecordingListener();
      const { stop } = await feed.follow(listener).then((following) => ({ stop: () => following.stop() }));
      stops.push(stop);
      return { listener, stop };
    };
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(async () => {
      await Promise.all(stops.splice(0).map((stop) => stop()));
      await harness.dispose();
    });

    itInTime('delivers to every process, its own included, at once and unchanged', async () => {
      const own = await followed(harness.feed);
      const others = [await followed(harness.other), await followed(harness.other)];
      const revocations = (
        ['logout', 'reuse', 'password_change', 'ended_by_user', 'account_disabled', 'admin', 'session_limit', 'undelivered'] as const
      ).map(sampleRevocation);
      await harness.feed.announce(revocations);
      for (const { listener } of [own, ...others]) {
        await listener.until(() => listener.revocations.length >= 6, 250);
        expect(listener.revocations).to.deep.equal(revocations);
      }
    });

    itInTime('delivers thousands, in order', async () => {
      const { listener } = await followed(harness.other);
      const many = Array.from({ length: 3210 }, () => sampleRevocation('admin'));
      await harness.feed.announce(many);
      await listener.until(() => listener.revocations.length >= many.length, 2000);
      expect(listener.revocations).to.deep.equal(many);
    });

    itInTime('delivers the revocations that many callers announce at once', async () => {
      const { listener } = await followed(harness.other);
      const revocations = Array.from({ length: 200 }, () => sampleRevocation());
      await Promise.all(revocations.map((revocation, index) => (index % 2 === 0 ? harness.feed : harness.other).announce([revocation])));
      await listener.until(() => listener.revocations.length >= 200, 1000);
      expect(listener.revocations).to.have.deep.members(revocations);
    });

    itInTime('calls heard at least twice a second, with or without revocations', async () => {
      const { listener } = await followed(harness.feed);
      for (let index = 0; index < 8; index += 1) {
        await delay(200);
        if (index % 3 === 0) await harness.other.announce([sampleRevocation()]);
      }
      expect(listener.longestSilenceMs()).to.be.lessThan(500);
      expect(listener.losses).to.equal(0);
    });

    itInTime('calls heard soon after it is followed', async () => {
      const { listener } = await followed(harness.feed);
      await listener.until(() => listener.heardTimes.length > 0, 500);
    });

    itInTime('delivers nothing to a follower that has stopped', async () => {
      const { listener, stop } = await followed(harness.feed);
      const startedAt = performance.now();
      await stop();
      expect(performance.now() - startedAt).to.be.lessThan(300);
      await harness.other.announce([sampleRevocation()]);
      const heard = listener.heardTimes.length;
      await delay(600);
      expect(listener.revocations).to.deep.equal([]);
      expect(listener.heardTimes).to.have.length(heard);
      expect(listener.losses).to.equal(0);
    });

    it('takes nothing for an announcement', async () => {
      const { listener } = await followed(harness.feed);
      await harness.feed.announce([]);
      await delay(100);
      expect(listener.revocations).to.deep.equal([]);
    });

    it('announces also without a follower', async () => {
      await harness.feed.announce([sampleRevocation()]);
    });

    itInTime('continues when a listener fails', async () => {
      const failing = {
        ended: () => {
          throw new Error('this listener failed');
        },
        heard: () => {},
        lost: () => {},
      };
      const following = await harness.feed.follow(failing);
      stops.push(() => following.stop());
      const { listener } = await followed(harness.feed);
      await harness.feed.announce([sampleRevocation()]);
      await listener.until(() => listener.revocations.length === 1, 500);
    });
  });
}
