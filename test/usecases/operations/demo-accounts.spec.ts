import { expect } from 'chai';
import { crowdPerson, demoAccounts } from '../../../core/domain/accounts/demo-people.js';
import { type UserId } from '../../../core/domain/ids.js';
import { noOrigin } from '../../../core/domain/origin.js';
import { RegisterUser } from '../../../core/usecases/accounts/register-user.js';
import { SeedCrowd } from '../../../core/usecases/operations/seed-crowd.js';
import { SeedDemo } from '../../../core/usecases/operations/seed-demo.js';
import { LogIn } from '../../../core/usecases/sessions/log-in.js';
import { makeWorld, type World } from '../../kit/make-world.js';
import { refusalOf } from '../../support/refusal.js';

const origin = noOrigin;
const actor = 'admin:tester';
const password = 'correct horse';
const someone = (world: World, email = 'ana@example.org') => new RegisterUser(world).execute({ email, password, origin });
const eventsOf = (world: World, name: string) => world.database.auditEvents.filter(({ event }) => event === name);

describe('The demo accounts', () => {
  it('are made once, also by two that seed at once, each with a password of its own', async () => {
    const world = makeWorld();
    const seed = new SeedDemo(world);
    const made = (await Promise.all([1, 2].map(() => seed.execute({ password: null, actor })))).flat();
    expect(made.map(({ person }) => person.email).toSorted()).to.deep.equal(demoAccounts.map(({ email }) => email).toSorted());
    expect(new Set(made.map((account) => account.password)).size).to.equal(demoAccounts.length);
    expect(await seed.execute({ password: null, actor })).to.deep.equal([]);
    for (const { person, password: theirs } of made) await new LogIn(world).execute({ email: person.email, password: theirs, origin });
    expect(eventsOf(world, 'seed').map((event) => event.actor)).to.deep.equal(Array(demoAccounts.length).fill(actor));
  });

  it('are not mixed with real users unless requested', async () => {
    const world = makeWorld();
    await someone(world);
    const seed = (mayMix: boolean) => new SeedDemo(world).execute({ password, actor, mayMix });
    expect((await refusalOf(seed(false))).code).to.equal('forbidden');
    expect(await seed(true)).to.have.lengthOf(demoAccounts.length);
  });

  it('have no password that the policy forbids for all', async () => {
    const world = makeWorld();
    for (const wrong of ['', 'short', 'x'.repeat(129)]) {
      expect((await refusalOf(new SeedDemo(world).execute({ password: wrong, actor }))).code).to.equal('validation_failed');
    }
  });

  it('are created in number, batch by batch, where they are missing', async () => {
    const world = makeWorld();
    const progress: number[] = [];
    const seed = (count: number) =>
      new SeedCrowd(world).execute({ count, password, actor, mayMix: false, onProgress: (done) => progress.push(done) });
    expect(await seed(700)).to.deep.equal({ made: 700, password });
    expect(progress).to.deep.equal([500, 700]);
    expect(await seed(701)).to.include({ made: 1 });
    expect(await seed(10)).to.deep.equal({ made: 0, password: null });
    expect(eventsOf(world, 'seed').map(({ details }) => details)).to.deep.equal([
      { first: 1, last: 500, made: 500 },
      { first: 501, last: 700, made: 200 },
      { first: 501, last: 701, made: 1 },
    ]);
    await new LogIn(world).execute({ email: crowdPerson(701).email, password, origin });
    const ids: readonly UserId[] = (await world.users.list({ search: null, after: null, limit: 1000 })).map(({ id }) => id);
    expect(ids).to.have.lengthOf(701);
  });
});
