import { expect } from 'chai';
import fc from 'fast-check';
import type { UserId } from '../../../../core/domain/ids.js';
import { judgeRotation, type RotationOutcome, type RotationVerdict, rotated } from '../../../../core/domain/sessions/rotation.js';
import type { Session } from '../../../../core/domain/sessions/session.js';
import type { RotationRequest, SessionStore } from '../../../../core/ports/sessions/session-store.js';
import { origin, policy, sampleSession, t0 } from './samples.js';

/** Which token is presented, counted back from the current one (negative: never issued), and how much later. */
const presentation = fc.record({
  back: fc.constantFrom(-1, 0, 0, 0, 0, 1, 1, 1, 2, 3),
  waitMs: fc.constantFrom(0, 1, 5, 59_999, 60_000, 60_001, 1_800_000, 3_599_999, 3_600_000),
  ip: fc.constantFrom(null, '192.0.2.1', '2001:db8::2'),
});

const bounds = fc.constantFrom('unused' as const, 60);

/** Presents tokens in any order and at any pace. For each, expects the verdict of the domain's rules on the row at that time. */
export async function sessionRotationProperty(sessions: SessionStore, userId: UserId): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(presentation, { minLength: 1, maxLength: 12 }), bounds, async (presentations, replaySeconds) => {
      const rules = { ...policy, replaySeconds };
      let model = sampleSession(userId);
      let now = t0;
      await sessions.open(model);
      for (const { back, waitMs, ip } of presentations) {
        now += waitMs;
        const request = { sessionId: model.id, counter: Math.max(0, model.counter - back), now, origin: { ...origin, ip }, policy: rules };
        const verdict = judgeRotation(model, request.counter, now, rules);
        model = afterwards(model, verdict, request);
        expect(await sessions.rotate(request)).to.deep.equal(answer(verdict, model));
        expect(await sessions.find(model.id)).to.deep.equal(model);
      }
    }),
    { numRuns: 40 },
  );
}

function afterwards(session: Session, verdict: RotationVerdict, { now, origin: from, policy: rules }: RotationRequest): Session {
  if (verdict === 'rotate') return rotated(session, now, from, rules);
  return verdict === 'reuse' ? { ...session, revokedAt: now, revocationReason: 'reuse' } : session;
}

const kinds = { rotate: 'rotated', repeat: 'repeated', reuse: 'reused', expired: 'expired', revoked: 'revoked' } as const;

function answer(verdict: RotationVerdict, session: Session): RotationOutcome {
  return verdict === 'unknown' ? { kind: 'unknown' } : { kind: kinds[verdict], session };
}
