import { expect } from 'chai';
import { userId } from '../../../../core/domain/ids.js';
import { noOrigin } from '../../../../core/domain/origin.js';
import type { Session } from '../../../../core/domain/sessions/session.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';
import { atOnce, newSessionId, origin, policy, rejection, sampleSession, t0, tally } from '../support/samples.js';
import { sessionRotationProperty } from '../support/session-rotation-property.js';
import type { OpenStore } from '../support/store-harness.js';
import { useStore } from '../support/use-store.js';

const alice = userId(1);

/** The contract of every `SessionStore` for `rotate`; a part of its contract. */
export function sessionRotationContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a session store, when tokens are presented`, () => {
    const store = useStore(open, runner);
    const sessions = () => store().stores.sessions;

    const opened = async (changes: Partial<Session> = {}) => {
      const session = sampleSession(alice, changes);
      await sessions().open(session);
      return session;
    };
    const rotate = (session: Pick<Session, 'id'>, counter: number, now = t0, from = origin) =>
      sessions().rotate({ sessionId: session.id, counter, now, origin: from, policy });
    const rotateWithin60s = (session: Pick<Session, 'id'>, counter: number, now: number) =>
      sessions().rotate({ sessionId: session.id, counter, now, origin, policy: { ...policy, replaySeconds: 60 } });

    describe('rotating', () => {
      it('retires the current token, restarts the idle timeout and records the origin of the request', async () => {
        const session = await opened();
        const outcome = await rotate(session, 0, t0 + 5, { ip: '198.51.100.9', userAgent: 'New/2', requestId: null });
        const expected = {
          ...session,
          counter: 1,
          rotatedAt: t0 + 5,
          lastSeenAt: t0 + 5,
          idleExpiresAt: t0 + 5 + 3_600_000,
          ip: '198.51.100.9',
          userAgent: 'New/2',
        };
        expect(outcome).to.deep.equal({ kind: 'rotated', session: expected });
        expect(await sessions().find(session.id)).to.deep.equal(expected);
      });

      it('keeps the last known address and device when a request contains none', async () => {
        const session = await opened();
        await rotate(session, 0, t0 + 5, noOrigin);
        expect(await sessions().find(session.id)).to.include({ ip: origin.ip, userAgent: origin.userAgent });
      });

      it('never lets the idle timeout outlast the absolute lifetime', async () => {
        const session = await opened({ expiresAt: t0 + 10_000 });
        await rotate(session, 0, t0 + 5000);
        expect(await sessions().find(session.id)).to.include({ idleExpiresAt: t0 + 10_000 });
      });

      it('repeats the same successor when the response was lost, until the idle timeout, and changes nothing', async () => {
        const session = await opened();
        await rotate(session, 0, t0);
        const rotated = await sessions().find(session.id);
        expect(await rotate(session, 0, t0 + 60_001)).to.deep.equal({ kind: 'repeated', session: rotated });
        expect(await rotate(session, 0, t0 + 3_599_999)).to.deep.equal({ kind: 'repeated', session: rotated });
        expect(await rotate(session, 0, t0 + 3_600_000)).to.deep.equal({ kind: 'expired', session: rotated });
        expect(await sessions().find(session.id)).to.deep.equal(rotated);
      });

      it('treats a repeat after a limit in seconds as reuse, and revokes the session before it returns', async () => {
        const session = await opened();
        await rotate(session, 0, t0);
        const rotated = await sessions().find(session.id);
        expect(await rotateWithin60s(session, 0, t0 + 60_000)).to.deep.equal({ kind: 'repeated', session: rotated });
        const outcome = await rotateWithin60s(session, 0, t0 + 60_001);
        expect(outcome.kind).to.equal('reused');
        const stored = await sessions().find(session.id);
        expect(stored).to.include({ revokedAt: t0 + 60_001, revocationReason: 'reuse', counter: 1 });
        expect(outcome).to.deep.equal({ kind: 'reused', session: stored });
      });

      it('takes a token whose successor was used for reuse at once, and ends the newest token with it', async () => {
        const session = await opened();
        await rotate(session, 0, t0);
        await rotate(session, 1, t0 + 1);
        expect((await rotate(session, 0, t0 + 2)).kind).to.equal('reused');
        expect((await rotate(session, 2, t0 + 3)).kind).to.equal('revoked');
      });

      it('reports an expired session, to the millisecond', async () => {
        const session = await opened();
        expect(await rotate(session, 0, session.idleExpiresAt)).to.deep.equal({ kind: 'expired', session });
        expect((await rotate(session, 0, session.idleExpiresAt - 1)).kind).to.equal('rotated');
      });

      it('reports a revoked session, whatever the token', async () => {
        const session = await opened({ counter: 4 });
        await sessions().revoke({ kind: 'one', sessionId: session.id }, 'logout', t0 + 1);
        const kinds = await Promise.all([0, 3, 4, 9].map(async (counter) => (await rotate(session, counter, t0 + 2)).kind));
        expect(kinds).to.deep.equal(['revoked', 'revoked', 'revoked', 'revoked']);
      });

      it('knows neither a session that it never saw nor a number that it never handed out', async () => {
        const session = await opened();
        expect(await rotate({ id: newSessionId() }, 0)).to.deep.equal({ kind: 'unknown' });
        expect(await rotate(session, 1)).to.deep.equal({ kind: 'unknown' });
        expect(await sessions().find(session.id)).to.deep.equal(session);
      });

      it('is not misled by a session that has changed since it was read', async () => {
        const seen = await opened();
        const rotateSeen = (now: number) => sessions().rotate({ sessionId: seen.id, counter: 0, now, origin, policy, seen });
        const first = await rotateSeen(t0);
        const stored = await sessions().find(seen.id);
        expect(first).to.deep.equal({ kind: 'rotated', session: stored });
        expect(await rotateSeen(t0 + 1)).to.deep.equal({ kind: 'repeated', session: stored });
        await rotate(seen, 1, t0 + 2);
        expect((await rotateSeen(t0 + 3)).kind).to.equal('reused');
        expect((await rotateSeen(t0 + 4)).kind).to.equal('revoked');
      });

      it('ends no session for a token whose caller no longer waits', async () => {
        const session = await opened();
        const controller = new AbortController();
        for (const counter of [0, 1, 2]) await rotate(session, counter, t0 + counter);
        const stored = await sessions().find(session.id);
        const late = { sessionId: session.id, counter: 0, now: t0, origin, policy, signal: controller.signal };
        const rotation = sessions().rotate({ ...late, seen: session });
        controller.abort();
        expect(await rejection(rotation)).to.include({ code: 'dependency_unavailable' });
        expect(await rejection(sessions().rotate(late))).to.include({ code: 'dependency_unavailable' });
        expect(await sessions().find(session.id)).to.deep.equal(stored);
      });

      it('agrees with the rules of rotation on any history of presented tokens', async () => {
        await sessionRotationProperty(sessions(), alice);
      });
    });

    describe('rotating under contention', () => {
      it('rotates one of 50 requests with one token and repeats the same successor for the others', async () => {
        const session = await opened({ counter: 7 });
        const outcomes = await atOnce(50, (index) => rotate(session, 7, t0 + index));
        expect(tally(outcomes.map((outcome) => outcome.kind))).to.deep.equal({ rotated: 1, repeated: 49 });
        expect(new Set(outcomes.map((outcome) => (outcome.kind === 'unknown' ? null : outcome.session.counter)))).to.deep.equal(
          new Set([8]),
        );
        expect(await sessions().find(session.id)).to.include({ counter: 8, revokedAt: null });
      });

      it('rotates one of 50 units of work with one token and repeats the same successor for the others', async () => {
        const session = await opened();
        const request = { sessionId: session.id, counter: 0, now: t0, origin, policy };
        const outcomes = await atOnce(50, () => store().unitOfWork.run((stores) => stores.sessions.rotate(request)));
        expect(tally(outcomes.map((outcome) => outcome.kind))).to.deep.equal({ rotated: 1, repeated: 49 });
        expect(await sessions().find(session.id)).to.include({ counter: 1, revokedAt: null });
      });

      it('repeats the same successor for 50 requests at once, half an hour after the response was lost', async () => {
        const session = await opened();
        await rotate(session, 0, t0);
        const outcomes = await atOnce(50, (index) => rotate(session, 0, t0 + 1_800_000 + index));
        expect(tally(outcomes.map((outcome) => outcome.kind))).to.deep.equal({ repeated: 50 });
        expect(await sessions().find(session.id)).to.include({ counter: 1, rotatedAt: t0, revokedAt: null });
      });

      it('either repeats a token or calls it reuse while its successor is presented for the first time', async () => {
        for (let round = 0; round < 10; round += 1) {
          const session = await opened();
          await rotate(session, 0, t0);
          const [successor, retired] = await Promise.all([rotate(session, 1, t0 + 1_800_000), rotate(session, 0, t0 + 1_800_000)]);
          expect(successor.kind).to.equal('rotated');
          expect(retired.kind).to.be.oneOf(['repeated', 'reused']);
          const revocationReason = retired.kind === 'reused' ? 'reuse' : null;
          expect(await sessions().find(session.id)).to.include({ counter: 2, revocationReason });
        }
      });

      it('revokes once when one stolen token is presented 20 times', async () => {
        const session = await opened({ counter: 9, rotatedAt: t0 });
        const outcomes = await atOnce(20, (index) => rotate(session, 2, t0 + index));
        expect(tally(outcomes.map((outcome) => outcome.kind))).to.deep.equal({ reused: 1, revoked: 19 });
      });

      it('never brings a session back that a revocation met in the middle of a rotation', async () => {
        for (let round = 0; round < 10; round += 1) {
          const session = await opened();
          const [outcome, ended] = await Promise.all([
            rotate(session, 0, t0 + 1),
            sessions().revoke({ kind: 'one', sessionId: session.id }, 'logout', t0 + 1),
          ]);
          expect(outcome.kind).to.be.oneOf(['rotated', 'revoked']);
          expect(ended).to.have.length(1);
          expect(await sessions().find(session.id)).to.include({ revocationReason: 'logout', counter: outcome.kind === 'rotated' ? 1 : 0 });
        }
      });
    });
  });
}
