import { expect } from 'chai';
import { sessionIdFrom, userId } from '../../../core/domain/ids.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { judgeRotation, rotated } from '../../../core/domain/sessions/rotation.js';
import { newSession, type Session, type SessionPolicy } from '../../../core/domain/sessions/session.js';

const policy: SessionPolicy = {
  accessTtlSeconds: 900,
  refreshTtlSeconds: 86_400,
  sessionMaxSeconds: 7 * 86_400,
  replaySeconds: 'unused',
  endMaxAgeSeconds: 0,
};
const start = 1_800_000_000_000;
const second = 1000;
const opened = newSession(
  { id: sessionIdFrom(start, new Uint8Array(10)), userId: userId(1), deviceName: null, origin: noOrigin, now: start },
  policy,
);
const rotatedAt = start + 10 * second;
const once = rotated(opened, rotatedAt, noOrigin, policy);
const verdict = (session: Session, counter: number, now: number) => judgeRotation(session, counter, now, policy);

describe('The rules of rotation', () => {
  it('rotate the current token', () => {
    expect(verdict(opened, 0, start)).to.equal('rotate');
    expect(verdict(once, 1, rotatedAt)).to.equal('rotate');
  });

  it('repeat a lost response to the last millisecond of the idle timeout, while the successor is unused', () => {
    expect(verdict(once, 0, rotatedAt + 61 * second)).to.equal('repeat');
    expect(verdict(once, 0, once.idleExpiresAt - 1)).to.equal('repeat');
    expect(verdict(once, 0, once.idleExpiresAt)).to.equal('expired');
  });

  it('repeat a lost response to the last millisecond of a limit in seconds, and treat it as reuse after that', () => {
    const bounded = { ...policy, replaySeconds: 60 };
    expect(judgeRotation(once, 0, rotatedAt + 60 * second, bounded)).to.equal('repeat');
    expect(judgeRotation(once, 0, rotatedAt + 60 * second + 1, bounded)).to.equal('reuse');
  });

  it('call it reuse at once when the successor has been used', () => {
    const twice = rotated(once, rotatedAt + second, noOrigin, policy);
    expect(verdict(twice, 0, rotatedAt + second)).to.equal('reuse');
    expect(verdict(twice, 1, rotatedAt + second)).to.equal('repeat');
    expect(verdict(twice, 1, twice.idleExpiresAt - 1)).to.equal('repeat');
    expect(verdict(twice, 0, twice.idleExpiresAt - 1)).to.equal('reuse');
  });

  it('do not know a number that was never handed out', () => {
    expect(verdict(opened, 1, start)).to.equal('unknown');
  });

  it('distinguish an expired session from a revoked one, and never rotate either', () => {
    expect(verdict(opened, 0, opened.idleExpiresAt - 1)).to.equal('rotate');
    expect(verdict(opened, 0, opened.idleExpiresAt)).to.equal('expired');
    expect(verdict({ ...opened, revokedAt: start }, 0, start)).to.equal('revoked');
  });

  it('restart the idle timeout, never beyond the absolute lifetime', () => {
    expect(once.idleExpiresAt).to.equal(rotatedAt + 86_400 * second);
    const late = rotated(opened, opened.expiresAt - second, noOrigin, policy);
    expect(late.idleExpiresAt).to.equal(opened.expiresAt);
  });

  it('repeat nothing when the window is zero and a millisecond has passed', () => {
    expect(judgeRotation(once, 0, rotatedAt + 1, { ...policy, replaySeconds: 0 })).to.equal('reuse');
  });
});
