import { expect } from 'chai';
import { canonicalEmail } from '../../../core/domain/accounts/email-address.js';
import { auditEvent } from '../../../core/domain/audit/audit-event.js';
import { AuthError } from '../../../core/domain/auth-error.js';
import type { Session } from '../../../core/domain/sessions/session.js';
import type { Stores } from '../../../core/ports/unit-of-work.js';
import { globalRunner, type TestRunner } from '../runner/test-runner.js';
import { atOnce, origin, policy, rejection, sampleSession, sampleUser, t0 } from './support/samples.js';
import type { OpenStore } from './support/store-harness.js';
import { useStore } from './support/use-store.js';

/** The contract of every `UnitOfWork`. */
export function unitOfWorkContract(name: string, open: OpenStore, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as a unit of work`, () => {
    const store = useStore(open, runner);
    const email = canonicalEmail('zoe@example.org');

    const register = async ({ users, credentials, sessions, audit }: Stores, address = 'zoe@example.org') => {
      const insertion = await users.insert(sampleUser(address));
      if (insertion.kind !== 'inserted') throw new AuthError('email_taken');
      const { id } = insertion.user;
      const session = sampleSession(id);
      await credentials.add(id, '$argon2id$v=19$m=19456,t=2,p=1$x5hTSknJGSPkvBdCCKH0ng$gxsejy9AS1v+sj5UXb0HrA');
      await sessions.open(session);
      await audit.record(auditEvent({ occurredAt: t0, event: 'register', outcome: 'success', origin, userId: id, sessionId: session.id }));
      return session;
    };

    it('commits everything that was written, and answers what the work did', async () => {
      const session = await store().unitOfWork.run(register);
      const { stores } = store();
      expect(await stores.users.hasEmail(email)).to.equal(true);
      expect((await stores.credentials.findByEmail(email)).kind).to.equal('found');
      expect(await stores.sessions.find(session.id)).to.deep.equal(session);
      expect(await store().auditRows()).to.have.length(1);
    });

    it('leaves nothing of anything when the work fails, and passes its error on unchanged', async () => {
      const refusal = new AuthError('forbidden');
      let id: Awaited<ReturnType<typeof register>>['id'] | null = null;
      const run = store().unitOfWork.run(async (stores) => {
        id = (await register(stores)).id;
        throw refusal;
      });
      expect(await rejection(run)).to.equal(refusal);
      const { stores } = store();
      expect(await stores.users.hasEmail(email)).to.equal(false);
      expect((await stores.credentials.findByEmail(email)).kind).to.equal('none');
      expect(id && (await stores.sessions.find(id))).to.equal(null);
      expect(await store().auditRows()).to.deep.equal([]);
    });

    it('takes back changes and deletions as well as additions', async () => {
      const session = await store().unitOfWork.run(register);
      await rejection(
        store().unitOfWork.run(async ({ users, sessions }) => {
          await users.updateProfile(session.userId, { firstName: 'Other' });
          await sessions.rotate({
            sessionId: session.id,
            counter: 0,
            now: t0,
            origin,
            policy: { accessTtlSeconds: 1, refreshTtlSeconds: 1, sessionMaxSeconds: 1, replaySeconds: 1, endMaxAgeSeconds: 0 },
          });
          await sessions.revoke({ kind: 'all' }, 'admin', t0);
          await sessions.prune(t0 + 1_000_000_000, 10);
          throw new Error('no');
        }),
      );
      expect(await store().stores.users.find(session.userId)).to.include({ firstName: 'Zoé' });
      expect(await store().stores.sessions.find(session.id)).to.deep.equal(session);
    });

    it('commits nothing once its caller no longer waits, however late that is', async () => {
      const gone = new AbortController();
      const late = store().unitOfWork.run(
        async (stores) => {
          const session = await register(stores);
          gone.abort();
          return session;
        },
        { signal: gone.signal },
      );
      expect(await rejection(late)).to.include({ code: 'dependency_unavailable' });
      expect(await store().stores.users.hasEmail(email)).to.equal(false);
      expect(await store().auditRows()).to.deep.equal([]);
      let hasBegun = false;
      const begin = async () => {
        hasBegun = true;
      };
      expect(await rejection(store().unitOfWork.run(begin, { signal: gone.signal }))).to.include({ code: 'dependency_unavailable' });
      expect(hasBegun).to.equal(false);
    });

    it('shows the work what it wrote itself', async () => {
      await store().unitOfWork.run(async (stores) => {
        const session = await register(stores);
        expect(await stores.users.hasEmail(email)).to.equal(true);
        expect(await stores.users.find(session.userId)).to.include({ firstName: 'Zoé' });
        expect((await stores.credentials.findByEmail(email)).kind).to.equal('found');
        expect(await stores.sessions.listLive(session.userId, t0)).to.deep.equal([session]);
        expect(await stores.sessions.revoke({ kind: 'all' }, 'logout', t0)).to.have.length(1);
        expect(await stores.sessions.find(session.id)).to.include({ revocationReason: 'logout' });
      });
    });

    it('lets many run at once, each whole', async () => {
      const runs = await atOnce(25, (index) =>
        store()
          .unitOfWork.run(async (stores) => {
            const session = await register(stores, `user${index}@example.org`);
            if (index % 5 === 0) throw new Error('no');
            return session;
          })
          .catch(() => null),
      );
      expect(runs.filter((session) => session !== null)).to.have.length(20);
      expect(await store().auditRows()).to.have.length(20);
      for (const [index, session] of runs.entries()) {
        expect(await store().stores.users.hasEmail(canonicalEmail(`user${index}@example.org`))).to.equal(session !== null);
        if (session) expect(await store().stores.sessions.find(session.id)).to.deep.equal(session);
      }
    });

    describe('for work on sessions of their own', () => {
      const opened = (count: number) =>
        store().unitOfWork.run(async (stores) => {
          const sessions: Session[] = [];
          for (let index = 0; index < count; index += 1) sessions.push(await register(stores, `user${index}@example.org`));
          return sessions;
        });
      const rotation = ({ id: sessionId }: Session, index: number) => ({
        sessionId,
        counter: 0,
        now: t0 + 1 + index,
        origin: { ...origin, userAgent: `Phone ${index}` },
        policy,
      });
      const refresh = (session: Session, index: number, fails = false) =>
        store().unitOfWork.run(
          async ({ sessions, audit }) => {
            const outcome = await sessions.rotate(rotation(session, index));
            const { id: sessionId, userId } = session;
            await audit.record(auditEvent({ occurredAt: t0, event: 'refresh', outcome: 'success', origin, userId, sessionId }));
            if (fails) throw new AuthError('forbidden');
            return outcome.kind === 'rotated' ? outcome.session.userAgent : outcome.kind;
          },
          { sessionId: session.id },
        );
      const audited = async (session: Session) =>
        (await store().auditRows()).filter(({ event, sessionId }) => event === 'refresh' && sessionId === session.id).length;
      const stored = ({ id }: Session) => store().stores.sessions.find(id);

      it('commits each, and answers each what it did itself', async () => {
        const sessions = await opened(40);
        const phones = await atOnce(40, (index) => refresh(sessions[index] as Session, index));
        expect(phones).to.deep.equal(sessions.map((_, index) => `Phone ${index}`));
        for (const [index, session] of sessions.entries()) {
          expect(await stored(session)).to.include({ counter: 1, userAgent: `Phone ${index}` });
          expect(await audited(session)).to.equal(1);
        }
      });

      it('takes back those that fail, and no other', async () => {
        const sessions = await opened(20);
        const runs = await atOnce(20, (index) =>
          refresh(sessions[index] as Session, index, index % 4 === 1).catch((error: AuthError) => error.code),
        );
        expect(runs).to.deep.equal(sessions.map((_, index) => (index % 4 === 1 ? 'forbidden' : `Phone ${index}`)));
        for (const [index, session] of sessions.entries()) {
          const isKept = index % 4 !== 1;
          expect(await stored(session)).to.include({ counter: isKept ? 1 : 0 });
          expect(await audited(session)).to.equal(isKept ? 1 : 0);
        }
      });

      it('commits nothing of those whose callers go away while others hold it up, and all of the others', async () => {
        const sessions = await opened(4);
        const gone = new AbortController();
        const held = Promise.withResolvers<void>();
        let ready = 0;
        const runs = await atOnce(4, (index) => {
          const session = sessions[index] as Session;
          const work = async (stores: Stores) => {
            await stores.sessions.rotate(rotation(session, index));
            ready += 1;
            if (ready === 1) setTimeout(held.resolve, 200); // an adapter that does not share transactions continues without the others
            if (ready === 4) held.resolve();
            await held.promise;
            gone.abort();
            return index;
          };
          const options = { sessionId: session.id, ...(index % 2 === 1 && { signal: gone.signal }) };
          return store()
            .unitOfWork.run(work, options)
            .catch((error: AuthError) => error.code);
        });
        expect(runs).to.deep.equal([0, 'dependency_unavailable', 2, 'dependency_unavailable']);
        for (const [index, session] of sessions.entries()) expect(await stored(session)).to.include({ counter: index % 2 === 1 ? 0 : 1 });
      });

      it('lets none on one session see another half done', async () => {
        const [session] = await opened(1);
        const { userId, id: sessionId } = session as Session;
        await store().stores.users.updateProfile(userId, { phone: '0' });
        const count = () =>
          store().unitOfWork.run(
            async ({ users }) => {
              const before = await users.findForUpdate(userId);
              await users.updateProfile(userId, { phone: String(Number(before?.phone) + 1) });
            },
            { sessionId },
          );
        await atOnce(20, count);
        expect(await store().stores.users.find(userId)).to.include({ phone: '20' });
      });
    });

    it('stays usable after failures', async () => {
      for (let round = 0; round < 30; round += 1) await rejection(store().unitOfWork.run(() => Promise.reject(new Error('no'))));
      expect(await store().unitOfWork.run(async () => 'fine')).to.equal('fine');
    });
  });
}
