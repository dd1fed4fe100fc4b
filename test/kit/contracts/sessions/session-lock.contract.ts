import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { userId } from '../../../../core/domain/ids.js';
import type { Session } from '../../../../core/domain/sessions/session.js';
import type { SessionLock, SessionOwners } from '../../../../core/ports/sessions/session-lock.js';
import type { SessionStore } from '../../../../core/ports/sessions/session-store.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { atOnce, sampleSession } from '../support/samples.js';
import type { SessionOpener } from '../support/session-opener.js';

export interface LockHarness extends AsyncDisposable {
  readonly lock: SessionLock;
  readonly sessions: SessionStore;
  readonly opener: SessionOpener;
}

const alice = userId(1);
const bob = userId(2);

/** The contract of every `SessionLock`. */
export function sessionLockContract(name: string, open: () => Promise<LockHarness>, runner: TestRunner = globalRunner()): void {
  const { describe, it, beforeEach, afterEach } = runner;
  describe(`${name} as a lock for sessions`, () => {
    let harness: LockHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness?.[Symbol.asyncDispose]());

    // Ids of sessions begin with the time: these are as new as real ones.
    const session = (owner = alice, changes: Partial<Session> = {}) => sampleSession(owner, { createdAt: Date.now(), ...changes });
    const opening = (owner = alice) => harness.opener.open(session(owner));
    const acquire = (owners: SessionOwners) => harness.lock.acquire(owners, Date.now());
    const live = (owner = alice) => harness.sessions.listLive(owner, Date.now());
    const whose: readonly SessionOwners[] = [{ kind: 'of_user', userId: alice }, { kind: 'all' }];

    for (const owners of whose) {
      const words = owners.kind === 'all' ? 'for all' : 'for one user';

      it(`stays open ${words} while a session is live`, async () => {
        await opening();
        expect(await acquire(owners)).to.equal(null);
        await opening();
      });

      it(`blocks new sessions ${words} until it is released, and lets them proceed then`, async () => {
        const now = Date.now();
        await harness.sessions.open(session(alice, { revokedAt: now, revocationReason: 'admin' }));
        await harness.sessions.open(session(alice, { idleExpiresAt: now }));
        const lock = await acquire(owners);
        expect(lock).not.to.equal(null);
        let isOpened = false;
        const waiting = opening().then(() => {
          isOpened = true;
        });
        await delay(100);
        expect(isOpened).to.equal(false);
        await lock?.release();
        await waiting;
        expect(await live()).to.have.lengthOf(1);
      });

      it(`waits ${words} for a session that is just being opened, and then sees it`, async () => {
        const { promise: isWritten, resolve: tellWritten } = Promise.withResolvers<void>();
        const slow = harness.opener.open(session(), 600, tellWritten);
        await isWritten;
        expect(await live()).to.deep.equal([]);
        expect(await acquire(owners)).to.equal(null);
        await slow;
      });

      it(`is never held for ${words} over a session that is live, with many being opened`, async () => {
        for (let round = 0; round < 5; round += 1) {
          const openings = atOnce(8, () => opening());
          await delay(5 * round);
          const lock = await acquire(owners);
          if (lock !== null) expect(await live()).to.deep.equal([]);
          await lock?.release();
          await openings;
          await harness.sessions.revoke({ kind: 'of_user', userId: alice }, 'admin', Date.now());
        }
      });
    }

    it('is held for one user while other users are signed in', async () => {
      await opening(bob);
      expect(await acquire({ kind: 'all' })).to.equal(null);
      const lock = await acquire({ kind: 'of_user', userId: alice });
      expect(lock).not.to.equal(null);
      await lock?.release();
    });

    it('takes an id for nothing but an id', async () => {
      await opening();
      const lock = await acquire({ kind: 'of_user', userId: userId("1' or '1'='1") });
      expect(lock).not.to.equal(null);
      await lock?.release();
    });
  });
}
