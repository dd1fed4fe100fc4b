import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { canonicalEmail } from '../../../core/domain/accounts/email-address.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import { type UserId, userId } from '../../../core/domain/ids.js';
import { openByUrl } from '../../contracts/support/open-test-database.js';
import { atOnce, rejection, sampleSession, sampleUser, t0 } from '../../kit/contracts/support/samples.js';
import { itInTime } from '../../support/it-in-time.js';
import { databaseOfEachTest } from '../support/database-of-each-test.js';

const longestMs = 3000;
const secret = '$2y$10$CDE9YxF3RFhheQRiEU4YquG/UVfNdacrjzm2UTAsrLbOMQ56b5KcK';

describe('A database server in trouble', () => {
  const own = databaseOfEachTest({ poolMax: 4 });
  let zoe: UserId;
  let adam: UserId;
  beforeEach(async () => {
    zoe = await own.hands.addUser({ email: 'zoe@example.org', passwordHash: secret });
    adam = await own.hands.addUser({ email: 'adam@example.org', passwordHash: secret });
  });

  /** Expects 503 within the time, and not a word of SQL or of data in whatever might be logged. */
  async function expectUnavailable(work: Promise<unknown>): Promise<void> {
    const start = performance.now();
    const error = await rejection(work);
    expect(performance.now() - start).to.be.lessThan(longestMs);
    expect(error).to.be.instanceOf(AuthError).with.property('code', 'dependency_unavailable');
    expect(error).to.have.property('retryAfterSeconds').that.is.greaterThan(0);
    expectSilent(error);
  }

  function expectSilent(error: unknown): void {
    const text = inspect(error, { depth: 20, showHidden: true });
    expect(text).not.to.match(/zoe|2y\$10|select |insert |update |secret-phone/i);
  }

  const login = () => own.database.stores.credentials.findByEmail(canonicalEmail('zoe@example.org'));
  const register = () => own.database.unitOfWork.run((stores) => stores.users.insert(sampleUser('new@example.org')));

  itInTime('that is stopped makes every request fail at once, and works again once it is back', async () => {
    await login();
    await own.server.stop();
    await expectUnavailable(login());
    await expectUnavailable(register());
    await expectUnavailable(own.database.probe.check());
    await expectUnavailable(openByUrl(own.test.url));
    await own.server.start();
    expect((await login()).kind).to.equal('found');
    expect((await register()).kind).to.equal('inserted');
    await own.database.probe.check();
  });

  itInTime('that freezes delays no call for long, with any number of calls, and works again after the thaw', async () => {
    await atOnce(4, login);
    own.server.freeze();
    try {
      await Promise.all(Array.from({ length: 20 }, (_, index) => expectUnavailable(index % 2 === 0 ? login() : register())));
      await expectUnavailable(login());
    } finally {
      own.server.thaw();
    }
    expect((await login()).kind).to.equal('found');
    expect((await register()).kind).to.be.oneOf(['inserted', 'email_taken']);
  });

  itInTime('that freezes in the middle of a unit of work delays no call for long', async () => {
    const work = own.database.unitOfWork.run(async ({ users, sessions }) => {
      await users.findForUpdate(zoe);
      own.server.freeze();
      await sessions.open(sampleSession(zoe));
    });
    await expectUnavailable(work).finally(() => own.server.thaw());
    expect(await own.database.stores.sessions.listLive(zoe, t0)).to.deep.equal([]);
  });

  itInTime('that is frozen is reported by the probe within two seconds', async () => {
    await own.database.probe.check();
    own.server.freeze();
    const start = performance.now();
    await expectUnavailable(own.database.probe.check()).finally(() => own.server.thaw());
    expect(performance.now() - start).to.be.lessThan(2000);
  });

  itInTime('that is frozen keeps no process from ending', async () => {
    const other = await openByUrl(own.test.url);
    await other.probe.check();
    own.server.freeze();
    const start = performance.now();
    await other[Symbol.asyncDispose]();
    own.server.thaw();
    expect(performance.now() - start).to.be.lessThan(4000);
  });

  itInTime('that is killed takes a unit of work back', async () => {
    const work = own.database.unitOfWork.run(async (stores) => {
      await stores.users.insert(sampleUser('new@example.org'));
      await own.server.kill();
      await stores.sessions.open(sampleSession(zoe));
    });
    await expectUnavailable(work);
    await own.server.start();
    expect(await own.database.stores.users.hasEmail(canonicalEmail('new@example.org'))).to.equal(false);
    expect((await register()).kind).to.equal('inserted');
  });

  it('whose work fails on a broken connection rejects with the error of the work', async () => {
    const refusal = new AuthError('forbidden');
    const work = own.database.unitOfWork.run(async ({ users }) => {
      await users.findForUpdate(zoe);
      await own.server.kill();
      throw refusal;
    });
    expect(await rejection(work)).to.equal(refusal);
    await own.server.start();
  });

  itInTime('whose connections are all taken refuses soon rather than late', async () => {
    await using narrow = await openByUrl(own.test.url, { poolMax: 1 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: isTaken, resolve: tellTaken } = Promise.withResolvers<void>();
    const holding = narrow.unitOfWork.run(async ({ users }) => {
      await users.find(zoe);
      tellTaken();
      await promise;
    });
    await isTaken;
    await expectUnavailable(narrow.stores.users.find(zoe));
    resolve();
    await holding;
    expect(await narrow.stores.users.find(zoe)).to.include({ id: zoe });
  });

  it('whose transactions all wait still serves reads', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = atOnce(20, () =>
      own.database.unitOfWork.run(({ users }) => users.find(zoe).then(() => promise)).catch(() => 'refused'),
    );
    await delay(100);
    for (let time = 0; time < 10; time += 1) expect((await login()).kind).to.equal('found');
    await delay(1100);
    resolve();
    expect((await waiting).filter((end) => end === 'refused')).to.have.lengthOf(17);
  });

  it('commits two units of work that lock in opposite order', async () => {
    const lockBoth = (first: UserId, second: UserId) =>
      own.database.unitOfWork.run(async ({ users }) => {
        await users.findForUpdate(first);
        await delay(30);
        await users.findForUpdate(second);
        const user = await users.find(first);
        await users.updateProfile(first, { phone: String(Number(user?.phone ?? 0) + 1) });
      });
    await Promise.all([lockBoth(zoe, adam), lockBoth(adam, zoe), lockBoth(zoe, adam), lockBoth(adam, zoe)]);
    expect(await own.database.stores.users.find(zoe)).to.include({ phone: '2' });
    expect(await own.database.stores.users.find(adam)).to.include({ phone: '2' });
  });

  itInTime('prunes without waiting for locked sessions', async () => {
    const [held, free] = [sampleSession(zoe), sampleSession(zoe)];
    for (const session of [held, free]) await own.database.stores.sessions.open(session);
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: tellHeld } = Promise.withResolvers<void>();
    const holding = own.database.unitOfWork.run(async ({ sessions }) => {
      await sessions.revoke({ kind: 'one', sessionId: held.id }, 'logout', t0);
      tellHeld();
      await promise;
    });
    await isHeld;
    const start = performance.now();
    expect(await own.database.stores.sessions.prune(t0 + 1_000_000_000, 10)).to.equal(1);
    expect(performance.now() - start).to.be.lessThan(500);
    resolve();
    await holding;
    expect(await own.database.stores.sessions.find(held.id)).to.include({ revocationReason: 'logout' });
    expect(await own.database.stores.sessions.find(free.id)).to.equal(null);
  });

  it('reveals neither SQL nor data when a table is missing or a text does not fit', async () => {
    await own.test.query('alter table acces_app rename to elsewhere');
    const missing = await rejection(login());
    expect(missing).not.to.be.instanceOf(AuthError);
    expect(String(missing)).to.include('ER_NO_SUCH_TABLE').and.to.include('acces_app');
    expectSilent(missing);
    expectSilent(await rejection(own.database.stores.users.updateProfile(userId(zoe), { phone: 'secret-phone'.repeat(9) })));
  });

  itInTime('gives the time', async () => {
    const [row] = (await own.test.query('select unix_timestamp(now(3)) * 1000 as now')) as { now: string }[];
    expect(own.database.clock.now() - Number(row?.now)).to.be.within(-50, 250);
  });
});
