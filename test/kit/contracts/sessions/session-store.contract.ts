import { expect } from 'chai';
import { userId } from '../../../../core/domain/ids.js';
import type { Session } from '../../../../core/domain/sessions/session.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { atOnce, newSessionId, sampleSession, t0 } from '../support/samples.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';
import { sessionRotationContract } from './session-rotation.contract.js';

const alice = userId(1);
const bob = userId(2);

/** The contract of every `SessionStore`. */
export function sessionStoreContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a session store`, () => {
    const store = useStore(open, runner);
    const sessions = () => store().stores.sessions;

    const opened = async (changes: Partial<Session> = {}, owner = alice) => {
      const session = sampleSession(owner, changes);
      await sessions().open(session);
      return session;
    };

    describe('opening and finding', () => {
      it('gives a session back exactly as it was opened', async () => {
        const session = await opened({ deviceName: 'iPhone d’Éloïse 📱', ip: '2001:db8::1' });
        expect(await sessions().find(session.id)).to.deep.equal(session);
      });

      it('stores unknown values as unknown', async () => {
        const session = await opened({ deviceName: null, ip: null, userAgent: null });
        expect(await sessions().find(session.id)).to.deep.equal(session);
      });

      it('returns null for an unknown id', async () => {
        expect(await sessions().find(newSessionId())).to.equal(null);
      });

      it('lists all sessions of one user, ended ones included, up to a limit', async () => {
        expect(await sessions().listAll(alice, 3)).to.deep.equal([]);
        const all = [
          await opened({ revokedAt: t0, revocationReason: 'undelivered' }),
          await opened({ idleExpiresAt: t0 - 1 }),
          await opened(),
        ];
        await opened({}, bob);
        expect(await sessions().listAll(alice, 4)).to.have.deep.members(all);
        expect(await sessions().listAll(alice, 2)).to.have.lengthOf(2);
      });

      it('lists the live sessions of one user, the most recently used first', async () => {
        const older = await opened({ lastSeenAt: t0 + 1000 });
        const newer = await opened({ lastSeenAt: t0 + 2000 });
        await opened({ idleExpiresAt: t0 + 5000 });
        await opened({ revokedAt: t0, revocationReason: 'logout' });
        await opened({}, bob);
        expect(await sessions().listLive(alice, t0 + 5000)).to.deep.equal([newer, older]);
      });
    });

    describe('listing in pages', () => {
      const page = (limit: number, after: Session | null) => sessions().listLive(alice, t0, { limit, after });

      it('gives each live session once, in the order of the list, also of those used in one millisecond', async () => {
        for (const lastSeenAt of [t0, t0 + 2, t0 + 1, t0 + 1, t0 + 1, t0]) await opened({ lastSeenAt });
        await opened({ lastSeenAt: t0 + 1, revokedAt: t0, revocationReason: 'logout' });
        await opened({ lastSeenAt: t0 + 1 }, bob);
        const list = await sessions().listLive(alice, t0);
        expect(list.map(({ lastSeenAt }) => lastSeenAt - t0)).to.deep.equal([2, 1, 1, 1, 0, 0]);
        for (const limit of [1, 2, 4, 6, 100]) {
          const seen: Session[] = [];
          for (let count = 0; count <= list.length / limit; count += 1) seen.push(...(await page(limit, seen.at(-1) ?? null)));
          expect(seen, `pages of ${limit}`).to.deep.equal(list);
        }
      });

      it('continues after a session that has ended, and is not affected by newly opened sessions', async () => {
        const [third, second, first] = [
          await opened({ lastSeenAt: t0 }),
          await opened({ lastSeenAt: t0 + 1 }),
          await opened({ lastSeenAt: t0 + 2 }),
        ];
        expect(await page(1, null)).to.deep.equal([first]);
        await opened({ lastSeenAt: t0 + 3 });
        await sessions().revoke({ kind: 'one', sessionId: first.id }, 'logout', t0);
        expect(await page(1, first)).to.deep.equal([second]);
        expect(await page(5, second)).to.deep.equal([third]);
        expect(await page(5, third)).to.deep.equal([]);
      });
    });

    describe('making room', () => {
      const room = { max: 3, now: t0 + 10_000, forgetBefore: t0 + 5000 };
      const makeRoom = () => store().unitOfWork.run((stores) => stores.sessions.makeRoom(alice, room));

      it('leaves everything as it is where there is room for one more', async () => {
        const kept = [await opened(), await opened({ revokedAt: t0, revocationReason: 'logout' })];
        await opened({}, bob);
        expect(await makeRoom()).to.deep.equal([]);
        for (const { id } of kept) expect(await sessions().find(id)).not.to.equal(null);
      });

      it('deletes the sessions that ended first, and ends none as long as that is enough', async () => {
        const live = await opened({ lastSeenAt: t0 - 1000 });
        const first = await opened({ revokedAt: t0 + 1000, revocationReason: 'logout' });
        const second = await opened({ idleExpiresAt: t0 + 2000 });
        expect(await makeRoom()).to.deep.equal([]);
        const found = await Promise.all([live, first, second].map(({ id }) => sessions().find(id)));
        expect(found).to.deep.equal([live, null, second]);
      });

      it('keeps recently ended sessions: other processes still have to learn of their end', async () => {
        const late = [5000, 6000, 7000, 8000].map((after) => opened({ revokedAt: t0 + after, revocationReason: 'admin' }));
        for (const session of await Promise.all(late)) {
          expect(await makeRoom()).to.deep.equal([]);
          expect(await sessions().find(session.id)).not.to.equal(null);
        }
      });

      it('makes it for several users at once, for each by the sessions of that user', async () => {
        const oldest = await opened();
        await opened({ lastSeenAt: t0 + 1 });
        await opened({ lastSeenAt: t0 + 2 });
        await opened({}, bob);
        const making = [alice, bob].map((id) => store().unitOfWork.run((stores) => stores.sessions.makeRoom(id, room)));
        const ended = (await Promise.all(making)).map((revocations) => revocations.map(({ sessionId }) => sessionId));
        expect(ended).to.deep.equal([[oldest.id], []]);
      });

      it('ends the least recently used live sessions, only of this user, and returns them', async () => {
        const [newest, oldest, older] = [await opened({ lastSeenAt: t0 + 3 }), await opened(), await opened({ lastSeenAt: t0 + 2 })];
        const newer = await opened({ lastSeenAt: t0 + 4 });
        const ofBob = await Promise.all([1, 2, 3, 4].map(() => opened({}, bob)));
        const ended = await makeRoom();
        expect(ended.map(({ sessionId }) => sessionId)).to.have.members([oldest.id, older.id]);
        for (const revocation of ended) expect(revocation).to.include({ userId: alice, revokedAt: room.now, reason: 'session_limit' });
        const left = await sessions().listLive(alice, room.now);
        expect(left.map(({ id }) => id)).to.deep.equal([newer.id, newest.id]);
        for (const { id } of ofBob) expect((await sessions().find(id))?.revokedAt).to.equal(null);
      });
    });

    describe('revoking', () => {
      it('ends one session and returns it once', async () => {
        const session = await opened();
        const selection = { kind: 'one', sessionId: session.id } as const;
        const revocation = { sessionId: session.id, userId: alice, revokedAt: t0 + 1, reason: 'logout' };
        expect(await sessions().revoke(selection, 'logout', t0 + 1)).to.deep.equal([revocation]);
        expect(await sessions().revoke(selection, 'admin', t0 + 2)).to.deep.equal([]);
        expect(await sessions().find(session.id)).to.deep.equal({ ...session, revokedAt: t0 + 1, revocationReason: 'logout' });
      });

      it('leaves a session alone that is not of the user named', async () => {
        const session = await opened();
        expect(await sessions().revoke({ kind: 'one', sessionId: session.id, userId: bob }, 'ended_by_user', t0)).to.deep.equal([]);
        expect(await sessions().revoke({ kind: 'one', sessionId: session.id, userId: alice }, 'ended_by_user', t0)).to.have.length(1);
      });

      it('ends every session of a user but the one excepted', async () => {
        const kept = await opened();
        const ended = [await opened(), await opened()];
        const others = await opened({}, bob);
        const revocations = await sessions().revoke({ kind: 'of_user', userId: alice, except: kept.id }, 'password_change', t0 + 1);
        expect(revocations.map((revocation) => revocation.sessionId)).to.have.members(ended.map((session) => session.id));
        expect(await sessions().find(kept.id)).to.deep.equal(kept);
        expect(await sessions().find(others.id)).to.deep.equal(others);
      });

      it('ends all live sessions, however many, and neither changes nor returns ended ones', async () => {
        const live = await store().unitOfWork.run(async (stores) => {
          const list = Array.from({ length: 1100 }, (_, index) => sampleSession(index % 2 === 0 ? alice : bob));
          for (const session of list) await stores.sessions.open(session);
          return list;
        });
        const expired = await opened({ idleExpiresAt: t0 + 1 });
        const revoked = await opened({ revokedAt: t0, revocationReason: 'logout' });
        const revocations = await sessions().revoke({ kind: 'all' }, 'admin', t0 + 1);
        expect(new Set(revocations.map((revocation) => revocation.sessionId))).to.deep.equal(new Set(live.map((session) => session.id)));
        expect(revocations).to.have.length(1100);
        expect(await sessions().find(expired.id)).to.deep.equal(expired);
        expect(await sessions().find(revoked.id)).to.deep.equal(revoked);
      });

      it('ends all in batches, in order of id', async () => {
        const list = [await opened(), await opened({}, bob), await opened(), await opened({}, bob), await opened()];
        const ids = list.map((session) => session.id).toSorted();
        const batch = async (limit: number, after?: (typeof ids)[number]) => {
          const revocations = await sessions().revoke({ kind: 'all', limit, ...(after && { after }) }, 'admin', t0 + 1);
          return revocations.map((revocation) => revocation.sessionId);
        };
        expect(await batch(2)).to.deep.equal(ids.slice(0, 2));
        expect(await batch(2, ids[2])).to.deep.equal(ids.slice(3));
        expect(await batch(2)).to.deep.equal([ids[2]]);
        expect(await batch(2)).to.deep.equal([]);
      });

      it('returns each session to exactly one of several revocations at once', async () => {
        const list = await atOnce(10, () => opened());
        const answers = await atOnce(8, () => sessions().revoke({ kind: 'of_user', userId: alice }, 'admin', t0 + 1));
        expect(answers.flat().map((revocation) => revocation.sessionId)).to.have.members(list.map((session) => session.id));
      });

      it('returns every revocation at or after an instant', async () => {
        await opened({ revokedAt: t0 - 1, revocationReason: 'logout' });
        const atThat = await opened({ revokedAt: t0, revocationReason: 'reuse' });
        const later = await opened({ revokedAt: t0 + 9, revocationReason: 'account_disabled' }, bob);
        await opened();
        expect(await sessions().revokedSince(t0)).to.have.deep.members([
          { sessionId: atThat.id, userId: alice, revokedAt: t0, reason: 'reuse' },
          { sessionId: later.id, userId: bob, revokedAt: t0 + 9, reason: 'account_disabled' },
        ]);
      });
    });

    describe('pruning', () => {
      it('deletes the sessions that ended before the instant, and none that ended at it or later', async () => {
        const expired = await opened({ idleExpiresAt: t0 - 1 });
        const revoked = await opened({ revokedAt: t0 - 1, revocationReason: 'logout' });
        const kept = [await opened({ idleExpiresAt: t0 }), await opened({ revokedAt: t0, revocationReason: 'logout' }), await opened()];
        expect(await sessions().prune(t0, 100)).to.equal(2);
        expect(await sessions().find(expired.id)).to.equal(null);
        expect(await sessions().find(revoked.id)).to.equal(null);
        for (const session of kept) expect(await sessions().find(session.id)).to.deep.equal(session);
      });

      it('goes in small batches', async () => {
        for (let index = 0; index < 4; index += 1) await opened({ idleExpiresAt: t0 - 1 });
        await opened({ idleExpiresAt: t0 - 1, revokedAt: t0 - 2, revocationReason: 'logout' });
        expect([
          await sessions().prune(t0, 2),
          await sessions().prune(t0, 2),
          await sessions().prune(t0, 2),
          await sessions().prune(t0, 2),
        ]).to.deep.equal([2, 2, 1, 0]);
      });

      it('deletes nothing twice when several prune at once', async () => {
        for (let index = 0; index < 20; index += 1) await opened({ idleExpiresAt: t0 - 1 });
        const counts = await atOnce(4, () => sessions().prune(t0, 20));
        const rest = await sessions().prune(t0, 20);
        expect(counts.reduce((sum, count) => sum + count, rest)).to.equal(20);
      });
    });
  });

  sessionRotationContract(name, open, runner);
}
