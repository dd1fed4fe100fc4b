import { expect } from 'chai';
import { sessionIdFrom, userId } from '../../../core/domain/ids.js';
import type { ConnectionIdentity } from '../../../core/ports/sessions/ticket-store.js';
import { AdmitConnection } from '../../../core/usecases/live/admit-connection.js';
import { addSession } from '../../kit/add-session.js';
import { addUser } from '../../kit/add-user.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const origin = { ip: '192.0.2.1', userAgent: null, requestId: 'r' };
const minuteMs = 60_000;

/** A world with a session whose view of ended sessions is trusted, as that of a serving process. */
async function worldWithSession() {
  const world = makeWorld();
  const { user } = await addUser(world);
  const { session } = await addSession(world, user);
  world.revokedSessions.heard(world.clock.now());
  return { world, session };
}

describe('A ticket', () => {
  let world: World;
  let identity: ConnectionIdentity;
  let expiresAt: number;

  beforeEach(async () => {
    const opened = await worldWithSession();
    world = opened.world;
    expiresAt = world.clock.now() + 10 * minuteMs;
    identity = { userId: opened.session.userId, sessionId: opened.session.id, expiresAt };
  });

  const admit = async (changes: Partial<ConnectionIdentity> = {}) => {
    await world.tickets.put('ticket', { ...identity, ...changes }, 30);
    return await new AdmitConnection(world).execute({ presented: { kind: 'ticket', ticket: 'ticket' }, origin });
  };
  const refusal = async (changes: Partial<ConnectionIdentity> = {}) => (await refusalOf(admit(changes))).code;

  it('admits a live session, for as long as the access token behind the ticket', async () => {
    expect(await admit()).to.deep.equal({ ...identity, expiresIn: 600 });
  });

  it('is refused where its session has ended, whatever the view of this process contains', async () => {
    await world.sessions.revoke({ kind: 'one', sessionId: identity.sessionId }, 'logout', world.clock.now());
    expect(world.revokedSessions.has(identity.sessionId)).to.equal(false);
    expect(await refusal()).to.equal('session_revoked');
  });

  it('is refused where its session is unknown, or of another user', async () => {
    expect(await refusal({ sessionId: sessionIdFrom(1, new Uint8Array(10)) })).to.equal('session_revoked');
    expect(await refusal({ userId: userId('other') })).to.equal('token_invalid');
  });

  it('is refused where the idle life of its session is over', async () => {
    world.clock.advance(24 * 60 * minuteMs);
    world.revokedSessions.heard(world.clock.now());
    expect(await refusal({ expiresAt: world.clock.now() + minuteMs })).to.equal('session_revoked');
  });

  it('is refused when it would live longer than an access token can', async () => {
    expect(await refusal({ expiresAt: world.clock.now() + 16 * minuteMs })).to.equal('token_invalid');
    expect(await refusal({ expiresAt: 4_000_000_000_000 })).to.equal('token_invalid');
    expect(await refusal({ expiresAt: world.clock.now() + 15 * minuteMs }).catch(() => 'admitted')).to.equal('admitted');
  });

  it('that does not verify is refused as one that another ticket replaces', async () => {
    const tickets = { put: world.tickets.put.bind(world.tickets), take: async () => 'unverified' as const };
    const admitting = new AdmitConnection({ ...world, tickets }).execute({ presented: { kind: 'ticket', ticket: 't' }, origin });
    expect((await refusalOf(admitting)).detailOf('token_invalid')).to.deep.equal({ isTicketUnverified: true });
  });
});
