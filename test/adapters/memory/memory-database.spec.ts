import { expect } from 'chai';
import { userId } from '../../../core/domain/ids.js';
import { openMemoryStore } from '../../kit/contracts/support/memory-harness.js';
import { rejection, sampleSession, sampleUser } from '../../kit/contracts/support/samples.js';

describe('The database in memory', () => {
  it('shows nothing of a unit of work outside it before it is committed', async () => {
    const { stores, unitOfWork } = await openMemoryStore();
    const halfway = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<void>();
    const { email } = sampleUser('zoe@example.org');
    const run = unitOfWork.run(async ({ users }) => {
      await users.insert(sampleUser('zoe@example.org'));
      halfway.resolve();
      await seen.promise;
    });
    await halfway.promise;
    expect(await stores.users.hasEmail(email)).to.equal(false);
    seen.resolve();
    await run;
    expect(await stores.users.hasEmail(email)).to.equal(true);
  });

  it('rejects the use of a unit of work’s stores after its end', async () => {
    const { unitOfWork } = await openMemoryStore();
    const stores = await unitOfWork.run(async (inside) => inside);
    expect(await rejection(stores.users.insert(sampleUser('zoe@example.org')))).to.be.instanceOf(Error);
  });

  it('shows a unit of work its own deletions, and shows them outside only after its end', async () => {
    const { stores, unitOfWork } = await openMemoryStore();
    const session = sampleSession(userId(1));
    await stores.sessions.open(session);
    await unitOfWork.run(async ({ sessions }) => {
      expect(await sessions.prune(session.expiresAt, 10)).to.equal(1);
      expect(await sessions.find(session.id)).to.equal(null);
      expect(await sessions.listLive(session.userId, session.createdAt)).to.deep.equal([]);
      expect(await stores.sessions.find(session.id)).to.deep.equal(session);
    });
    expect(await stores.sessions.find(session.id)).to.equal(null);
  });

  it('refuses a text that would not fit a column of the usual width', async () => {
    const { stores, unitOfWork } = await openMemoryStore();
    const refusal = await rejection(
      unitOfWork.run(({ users }) => users.insert(sampleUser('zoe@example.org', { lastName: 'n'.repeat(101) }))),
    );
    expect(refusal).to.include({ code: 'validation_failed' });
    const id = await unitOfWork
      .run(({ users }) => users.insert(sampleUser('zoe@example.org')))
      .then((insertion) => insertion.kind === 'inserted' && insertion.user.id);
    expect(id && (await rejection(stores.users.updateProfile(id, { phone: '1'.repeat(33) })))).to.include({ code: 'validation_failed' });
  });
});
