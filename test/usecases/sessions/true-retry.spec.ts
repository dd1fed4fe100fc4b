import { expect } from 'chai';
import { canonicalEmail } from '../../../core/domain/accounts/email-address.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import { noOrigin } from '../../../core/domain/origin.js';
import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../../core/ports/unit-of-work.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { UpdateProfile } from '../../../core/usecases/accounts/update-profile.js';
import { ViewProfile } from '../../../core/usecases/accounts/view-profile.js';
import { ChangePassword } from '../../../core/usecases/passwords/change-password.js';
import { EndSessions } from '../../../core/usecases/sessions/end-sessions.js';
import { ListSessions, type ListSessionsInput } from '../../../core/usecases/sessions/list-sessions.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { dropAnswerAfterCommit } from '../../kit/drop-answer-after-commit.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const ana = { email: 'ana@example.org', password: 'correct horse', origin: noOrigin };

/** All sessions that the user sees. */
const listed = async (world: World, asking: Pick<ListSessionsInput, 'userId' | 'sessionId'>) =>
  (await new ListSessions(world).execute({ ...asking, after: null, limit: 100 })).sessions;

describe('A request that got "retry", and was carried out all the same,', () => {
  const registered = async () => {
    const world = makeWorld();
    const { tokens, profile } = await new RegisterUser(world).execute(ana);
    return { world, asking: { userId: profile.user.id, sessionId: tokens.sessionId, origin: noOrigin } };
  };
  /** Loses the response to the next commit. */
  const lose = async (world: World, ask: () => Promise<unknown>) => {
    dropAnswerAfterCommit(world);
    expect(await refusalOf(ask())).to.include({ code: 'dependency_unavailable', action: 'retry' });
  };
  /** Lets the work that follows in the background end. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it('as a registration, signs in when it is repeated, and leaves one session', async () => {
    const world = makeWorld();
    const register = new RegisterUser(world);
    await lose(world, () => register.execute(ana));
    const { tokens, profile } = await register.execute({ ...ana, deviceName: 'phone' });
    expect(profile.user.email).to.equal(ana.email);
    const live = await world.sessions.listLive(profile.user.id, world.clock.now());
    expect(live.map(({ id, deviceName }) => [id, deviceName])).to.deep.equal([[tokens.sessionId, 'phone']]);
  });

  it('as a registration, may be repeated again where the response to the repeat is lost too', async () => {
    const world = makeWorld();
    const register = new RegisterUser(world);
    for (let count = 0; count < 3; count += 1) {
      await lose(world, () => register.execute(ana));
      await settle();
    }
    const { profile } = await register.execute(ana);
    expect(await world.sessions.listLive(profile.user.id, world.clock.now())).to.have.lengthOf(1);
  });

  it('as a registration, signs in when it is repeated while the commit is still unconfirmed', async () => {
    const world = makeWorld();
    const confirmed = Promise.withResolvers<void>();
    const gone = new AbortController();
    let runs = 0;
    const unitOfWork: UnitOfWork = {
      run: async (work, options) => {
        runs += 1;
        const isFirst = runs === 1;
        const result = await world.unitOfWork.run(work, options);
        if (isFirst) await confirmed.promise;
        return result;
      },
    };
    const register = new RegisterUser({ ...world, unitOfWork });
    const first = refusalOf(register.execute({ ...ana, signal: gone.signal }));
    while (!(await world.users.hasEmail(canonicalEmail(ana.email)))) await settle();
    const second = register.execute(ana);
    await settle();
    gone.abort();
    confirmed.resolve();
    expect((await first).code).to.equal('dependency_unavailable');
    const { profile } = await second;
    expect(await world.sessions.listLive(profile.user.id, world.clock.now())).to.have.lengthOf(1);
  });

  it('as a change of password, succeeds when it is repeated before the commit', async () => {
    const { world, asking } = await registered();
    const input = { ...asking, currentPassword: ana.password, newPassword: 'another horse' };
    const ends = await Promise.allSettled([1, 2].map(() => new ChangePassword(world).execute(input)));
    expect(ends.map(({ status }) => status)).to.deep.equal(['fulfilled', 'fulfilled']);
  });

  it('as a registration, is the address of another account for every other request', async () => {
    const world = makeWorld();
    const register = new RegisterUser(world);
    await lose(world, () => register.execute(ana));
    expect((await refusalOf(register.execute({ ...ana, password: 'another horse' }))).code).to.equal('email_taken');
    await register.execute(ana);
    expect((await refusalOf(register.execute(ana))).code, 'a second repeat').to.equal('email_taken');
    await settle();
    const bob = { ...ana, email: 'bob@example.org' };
    await lose(world, () => register.execute(bob));
    world.clock.advance(600_001);
    expect((await refusalOf(register.execute(bob))).code, 'too late').to.equal('email_taken');
    const eve = { ...ana, email: 'eve@example.org' };
    await register.execute(eve);
    expect((await refusalOf(register.execute(eve))).code, 'an answer that arrived').to.equal('email_taken');
  });

  it('as a registration, takes no more wrong passwords than a login does', async () => {
    const world = makeWorld();
    const register = new RegisterUser(world);
    await lose(world, () => register.execute(ana));
    const guess = () => refusalOf(register.execute({ ...ana, password: 'another horse' }));
    for (let count = 0; count < 5; count += 1) expect((await guess()).code).to.equal('email_taken');
    expect((await guess()).code).to.equal('rate_limited');
  });

  it('as a login, leaves no session behind', async () => {
    const { world, asking } = await registered();
    const logIn = new LogIn(world);
    await lose(world, () => logIn.execute(ana));
    await settle();
    const { tokens } = await logIn.execute(ana);
    expect((await listed(world, asking)).map(({ session }) => session.id)).to.have.members([asking.sessionId, tokens.sessionId]);
    expect(world.database.auditEvents.filter(({ event }) => event === 'session_revoke').map(({ details }) => details)).to.deep.equal([
      { reason: 'undelivered' },
    ]);
  });

  it('as a login, leaves no session behind where the database is away for a while after it', async () => {
    const { world, asking } = await registered();
    dropAnswerAfterCommit(world);
    const logIn = new LogIn({ ...world, unitOfWork: awayFor(3, world.unitOfWork) });
    expect((await refusalOf(logIn.execute(ana))).code).to.equal('dependency_unavailable');
    for (let count = 0; count < 2; count += 1) expect((await refusalOf(logIn.execute(ana))).code).to.equal('dependency_unavailable');
    await settle();
    expect(await listed(world, asking), 'while it is away').to.have.lengthOf(2);
    await logIn.execute(ana);
    await settle();
    expect(await listed(world, asking)).to.have.lengthOf(2);
  });

  it('as a login of many during an outage, is cleaned up one after the other', async () => {
    const { world } = await registered();
    let [isAway, running, max] = [true, 0, 0];
    const unitOfWork: UnitOfWork = {
      run: async (work, options) => {
        running += 1;
        max = Math.max(max, running);
        const result = await world.unitOfWork.run(work, options).finally(() => {
          running -= 1;
        });
        if (isAway) throw new AuthError('dependency_unavailable');
        return result;
      },
    };
    const logIn = new LogIn({ ...world, unitOfWork });
    for (let count = 0; count < 20; count += 1) await refusalOf(logIn.execute(ana));
    await settle();
    [isAway, max] = [false, 0];
    const { profile } = await logIn.execute(ana);
    for (let turns = 0; turns < 200; turns += 1) await settle();
    expect(await world.sessions.listLive(profile.user.id, world.clock.now())).to.have.lengthOf(2);
    expect(max).to.be.at.most(2);
  });

  it('as a login whose commit was confirmed too late, leaves no session behind', async () => {
    const { world, asking } = await registered();
    const gone = new AbortController();
    const late = new LogIn({ ...world, unitOfWork: abortAfter(world.unitOfWork, gone) });
    expect((await refusalOf(late.execute({ ...ana, signal: gone.signal }))).code).to.equal('dependency_unavailable');
    await settle();
    expect(await listed(world, asking)).to.have.lengthOf(1);
  });

  it('as a change of password, succeeds when it is repeated, and ends the other sessions', async () => {
    const { world, asking } = await registered();
    const change = new ChangePassword(world);
    const input = { ...asking, currentPassword: ana.password, newPassword: 'another horse' };
    await lose(world, () => change.execute(input));
    const { tokens: other } = await new LogIn(world).execute({ ...ana, password: 'another horse' });
    await change.execute(input);
    expect(world.revokedSessions.has(other.sessionId)).to.equal(true);
    expect(await listed(world, asking)).to.have.lengthOf(1);
    await new LogIn(world).execute({ ...ana, password: 'another horse' });
    const wrong = change.execute({ ...input, newPassword: 'a third horse' });
    expect(await refusalOf(wrong)).to.include({ code: 'current_password_wrong', action: 'fix' });
  });

  it('as a change of profile to one state of it, succeeds when it is repeated, and only then', async () => {
    const { world, asking } = await registered();
    const { version } = await new ViewProfile(world).execute(asking);
    const update = new UpdateProfile(world);
    const input = { ...asking, changes: { firstName: 'Ana', phone: '+33 1 23 45 67 89' }, expectedVersions: [version] };
    await lose(world, () => update.execute(input));
    const { profile, version: next } = await update.execute(input);
    expect(profile.user.firstName).to.equal('Ana');
    expect(next).to.equal((await new ViewProfile(world).execute(asking)).version);
    const other = update.execute({ ...input, changes: { ...input.changes, lastName: 'Díaz' } });
    expect((await refusalOf(other)).code).to.equal('precondition_failed');
    expect(world.database.auditEvents.filter(({ event }) => event === 'profile_update')).to.have.lengthOf(1);
  });

  it('as the end of a session, succeeds when it is repeated', async () => {
    const { world, asking } = await registered();
    const { tokens } = await new LogIn(world).execute(ana);
    const end = new EndSessions(world);
    const input = { ...asking, which: { kind: 'one', id: tokens.sessionId } } as const;
    await lose(world, () => end.execute(input));
    await end.execute(input);
    expect(await listed(world, asking)).to.have.lengthOf(1);
  });
});

/** After the first unit of work, so many come to nothing. */
function awayFor(times: number, inner: UnitOfWork): UnitOfWork {
  let runs = 0;
  return {
    run: (work, options) => {
      runs += 1;
      return runs === 1 || runs > 1 + times ? inner.run(work, options) : Promise.reject(new AuthError('dependency_unavailable'));
    },
  };
}

/** Its commits are confirmed to a caller that has gone away. */
const abortAfter = (inner: UnitOfWork, gone: AbortController): UnitOfWork => ({
  run: async <Result>(work: (stores: Stores) => Promise<Result>, options?: UnitOfWorkOptions) => {
    const result = await inner.run(work, options);
    gone.abort();
    return result;
  },
});
