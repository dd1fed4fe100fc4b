import { expect } from 'chai';
import { noOrigin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { UpdateProfile } from '../../../core/usecases/accounts/update-profile.js';
import { ViewProfile } from '../../../core/usecases/accounts/view-profile.js';
import { ThrottleClient } from '../../../core/usecases/limits/throttle-client.js';
import { CheckReadiness } from '../../../core/usecases/operations/check-readiness.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const origin = noOrigin;

describe('A profile', () => {
  const someone = async () => {
    const world = makeWorld();
    const { profile, tokens } = await new RegisterUser(world).execute({
      email: 'ana@example.org',
      password: 'correct horse',
      firstName: 'Ana',
      origin,
    });
    const ask = { userId: profile.user.id, sessionId: tokens.sessionId, origin };
    return { world, ask, view: new ViewProfile(world), update: new UpdateProfile(world) };
  };

  it('changes the given fields only, and records their names in the audit log, not their values', async () => {
    const { world, ask, view, update } = await someone();
    await update.execute({ ...ask, changes: { lastName: 'Simone' }, expectedVersions: null });
    expect((await view.execute(ask)).profile.user).to.include({ firstName: 'Ana', lastName: 'Simone' });
    const row = world.database.auditEvents.at(-1);
    expect(row?.details).to.deep.equal({ fields: 'lastName' });
  });

  it('is not changed for a client that no longer waits', async () => {
    const { world, ask, view, update } = await someone();
    const controller = new AbortController();
    controller.abort();
    const late = update.execute({ ...ask, changes: { lastName: 'Simone' }, expectedVersions: null, signal: controller.signal });
    expect((await refusalOf(late)).code).to.equal('dependency_unavailable');
    expect((await view.execute(ask)).profile.user).to.include({ lastName: null });
    expect(world.database.auditEvents.map(({ event }) => event)).to.not.include('profile_update');
  });

  it('is not changed for a session that ended while the change waited for its transaction', async () => {
    const { world, ask, view } = await someone();
    const unitOfWork: World['unitOfWork'] = Object.assign(Object.create(world.unitOfWork), {
      run: (work: Parameters<World['unitOfWork']['run']>[0]) => {
        world.revokedSessions.add([{ sessionId: ask.sessionId }], world.clock.now());
        return world.unitOfWork.run(work);
      },
    });
    const late = new UpdateProfile({ ...world, unitOfWork }).execute({ ...ask, changes: { lastName: 'Simone' }, expectedVersions: null });
    expect((await refusalOf(late)).code).to.equal('session_revoked');
    expect((await view.execute(ask)).profile.user).to.include({ lastName: null });
  });

  it('has a version that changes with it, and only with it', async () => {
    const { ask, view, update } = await someone();
    const { version } = await view.execute(ask);
    expect((await view.execute(ask)).version).to.equal(version);
    const updated = await update.execute({ ...ask, changes: { phone: '+33612345678' }, expectedVersions: ['other', version] });
    expect(updated.version).not.to.equal(version);
    expect((await refusalOf(update.execute({ ...ask, changes: { phone: null }, expectedVersions: [version] }))).code).to.equal(
      'precondition_failed',
    );
    expect((await view.execute(ask)).profile.user.phone).to.equal('+33612345678');
  });

  it('has another version when the clock alone ends the subscription', async () => {
    const { world, ask, view } = await someone();
    const { profile } = await view.execute(ask);
    const now = world.clock.now();
    await world.database.putAccount({
      user: profile.user,
      periods: [{ plan: 'annuel', startsAt: now - 1000, endsAt: now + 1000, standing: 'good' }],
    });
    const active = await view.execute(ask);
    world.clock.advance(1001);
    const expired = await view.execute(ask);
    expect([active.profile.subscription?.status, expired.profile.subscription?.status]).to.deep.equal(['active', 'expired']);
    expect(active.version).not.to.equal(expired.version);
  });

  it('is shown for no account that is closed or gone', async () => {
    const { world, ask, view } = await someone();
    const { profile } = await view.execute(ask);
    await world.database.putAccount({ user: { ...profile.user, isEnabled: false } });
    expect((await refusalOf(view.execute(ask))).code).to.equal('account_disabled');
    expect((await refusalOf(view.execute({ ...ask, userId: 'nobody' as typeof ask.userId }))).code).to.equal('session_revoked');
  });

  it('records nothing for a change of nothing', async () => {
    const { world, ask, update } = await someone();
    const before = world.database.auditEvents.length;
    await update.execute({ ...ask, changes: {}, expectedVersions: null });
    expect(world.database.auditEvents).to.have.lengthOf(before);
  });
});

describe('Throttling a client', () => {
  it('allows exactly the limit, counts a /64 as one, and audits the first refusal of a series', async () => {
    const world = makeWorld();
    const throttle = new ThrottleClient(world);
    const ask = (ip: string) => throttle.execute({ policy: 'login', ip, origin });
    for (let request = 0; request < 5; request++) expect(await ask(`2001:db8::${request}`)).to.include({ remaining: 4 - request });
    for (let refused = 0; refused < 3; refused++)
      expect((await refusalOf(ask('2001:db8::ffff'))).detailOf('rate_limited')?.verdict).to.include({ isAllowed: false, remaining: 0 });
    await ask('2001:db8:0:1::1');
    expect(world.database.auditEvents.filter(({ event }) => event === 'rate_limited')).to.have.lengthOf(1);
    world.clock.advance(60_000);
    await ask('2001:db8::1');
  });
});

describe('Throttling registrations', () => {
  const rateRules = { ...makeWorld().rateRules, register: { name: 'register', limit: 2, windowSeconds: 3600 } } as const;
  const registrations = () => {
    const world = makeWorld({ rateRules });
    const throttle = new ThrottleClient(world);
    return { world, register: (ip: string) => throttle.execute({ policy: 'register', ip, origin }) };
  };
  const limitOf = async (refused: Promise<unknown>) => (await refusalOf(refused)).detailOf('rate_limited')?.verdict.rule.limit;

  it('gives an IPv6 block of /56 four times the limit, and one of /48 sixteen times', async () => {
    const { world, register } = registrations();
    for (let net = 0; net < 32; net += 1) expect((await register(`2001:db8:1:${net.toString(16)}00::1`)).rule.limit).to.equal(2);
    expect(await limitOf(register('2001:db8:1:ff00::1'))).to.equal(32);
    for (let net = 0; net < 8; net += 1) await register(`2001:db8:2:${net.toString(16)}::1`);
    expect(await limitOf(register('2001:db8:2:ff::1'))).to.equal(8);
    await register('2001:db8:3::1');
    await register('2001:db8:3::2');
    expect(await limitOf(register('2001:db8:3::3'))).to.equal(2);
    expect(world.database.auditEvents.map(({ event, details }) => [event, details['policy']])).to.deep.equal(
      Array(3).fill(['rate_limited', 'register']),
    );
    world.clock.advance(3_600_000);
    await register('2001:db8:1:ff00::1');
  });

  it('counts a request that a wider block refuses for none of the narrower ones', async () => {
    const { world, register } = registrations();
    for (let net = 0; net < 8; net += 1) await register(`2001:db8:1:${net}::1`);
    world.clock.advance(1_800_000);
    for (let time = 0; time < 3; time += 1) expect(await limitOf(register('2001:db8:1:ff::1'))).to.equal(8);
    world.clock.advance(1_800_000);
    expect((await register('2001:db8:1:ff::1')).remaining).to.equal(1);
  });

  it('counts an IPv4 address by itself', async () => {
    const { register } = registrations();
    for (let host = 0; host < 100; host += 1) await register(`192.0.2.${host}`);
    await register('192.0.2.7');
    expect(await limitOf(register('192.0.2.7'))).to.equal(2);
  });
});

describe('Readiness', () => {
  const world = makeWorld();
  const probe = (name: string, isEssential: boolean, isUp: boolean) => ({
    name,
    isEssential,
    check: () => (isUp ? Promise.resolve() : Promise.reject(new Error('away'))),
  });
  const readiness = (...probes: ReturnType<typeof probe>[]) => new CheckReadiness({ ...world, probes }).execute();

  it('is lost with a dependency that is essential, and only with such', async () => {
    expect((await readiness(probe('database', true, true), probe('redis', false, false))).isReady).to.equal(true);
    expect((await readiness(probe('database', true, false), probe('redis', false, true))).isReady).to.equal(false);
  });

  it('is found out by one check a second and dependency, however often it is requested', async () => {
    const checks = { database: 0, redis: 0 };
    const counting = (name: 'database' | 'redis', isUp: boolean) => ({
      ...probe(name, true, isUp),
      check: async () => {
        checks[name] += 1;
        await Promise.resolve();
        if (!isUp) throw new Error('away');
      },
    });
    const check = new CheckReadiness({ ...world, probes: [counting('database', true), counting('redis', false)] });
    const requested = await Promise.all(Array.from({ length: 1000 }, () => check.execute()));
    expect(checks, 'all at once').to.deep.equal({ database: 1, redis: 1 });
    expect(requested.every(({ dependencies }) => dependencies.map(({ state }) => state).join() === 'up,down')).to.equal(true);
    world.clock.advance(999);
    await check.execute();
    expect(checks, 'within the second').to.deep.equal({ database: 1, redis: 1 });
    world.clock.advance(1);
    await Promise.all([check.execute(), check.execute()]);
    expect(checks, 'a second later').to.deep.equal({ database: 2, redis: 2 });
  });

  it('reports a problem for the operator of a dependency that works, and stays ready', async () => {
    const evicting = (isUp: boolean) => ({ ...probe('redis', false, isUp), warning: () => 'it forgets' });
    const { isReady, dependencies } = await readiness(evicting(true), probe('database', true, true));
    expect(isReady).to.equal(true);
    expect(dependencies.map(({ warning }) => warning)).to.deep.equal(['it forgets', null]);
    expect((await readiness(evicting(false))).dependencies[0]).to.include({ state: 'down', warning: null });
  });

  it('is lost at once when a probe knows of a failure without a check', async () => {
    let isStopping = false;
    const stopping = { ...probe('process', true, true), isKnownDown: () => isStopping };
    const check = new CheckReadiness({ ...world, probes: [stopping, probe('database', true, true)] });
    expect((await check.execute()).isReady).to.equal(true);
    isStopping = true;
    const { isReady, dependencies } = await check.execute();
    expect([isReady, ...dependencies.map(({ state }) => state)]).to.deep.equal([false, 'down', 'up']);
  });
});
