import { expect } from 'chai';
import { sessionIdFrom, userId } from '../../../core/domain/ids.js';
import { RevokedSessions } from '../../../core/domain/sessions/revoked-sessions.js';

describe('The view of ended sessions', () => {
  const id = sessionIdFrom(1, new Uint8Array(10));
  const revocation = { sessionId: id, userId: userId(1), revokedAt: 5000, reason: 'logout' } as const;

  it('is not to be trusted before the database was read, nor a second after the last news', () => {
    const view = new RevokedSessions();
    view.heard(10_000);
    expect(view.isTrusted(10_000), 'the feed alone shows nothing').to.equal(false);
    view.read(10_000);
    expect(view.isTrusted(11_000)).to.equal(true);
    expect(view.isTrusted(11_001)).to.equal(false);
  });

  it('is not trusted five seconds after the last read of the database, even while the feed works', () => {
    const view = new RevokedSessions();
    view.read(10_000);
    view.heard(15_000);
    expect(view.isTrusted(15_000)).to.equal(true);
    view.heard(15_001);
    expect(view.isTrusted(15_001)).to.equal(false);
  });

  it('is trusted for no longer after the clock was set back, and again with the next news', () => {
    const view = new RevokedSessions();
    view.read(3_600_000);
    expect(view.isTrusted(10_000)).to.equal(false);
    view.heard(10_000);
    expect(view.isTrusted(10_000), 'the database was read before').to.equal(false);
    view.read(10_001);
    expect([view.isTrusted(10_001), view.isTrusted(11_002)]).to.deep.equal([true, false]);
  });

  it('keeps a revocation by the time at which it was learned, whatever instant a message contains', () => {
    const view = new RevokedSessions();
    view.add([revocation], 20_000);
    for (const revokedAt of [-1, Number.MAX_VALUE]) {
      const replayed = { ...revocation, revokedAt };
      view.add([replayed], 20_001);
    }
    view.forget(20_000);
    expect(view.has(id)).to.equal(true);
    view.forget(20_001);
    expect(view.has(id)).to.equal(false);
  });

  it('keeps entries until they are removed as too old', () => {
    const view = new RevokedSessions();
    view.add([revocation], 5000);
    view.forget(5000);
    expect(view.has(id)).to.equal(true);
    view.forget(5001);
    expect(view.has(id)).to.equal(false);
  });
});
