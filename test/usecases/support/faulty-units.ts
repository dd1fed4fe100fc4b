import type { SessionStore } from '../../../core/ports/sessions/session-store.js';
import type { Stores, UnitOfWork, UnitOfWorkOptions } from '../../../core/ports/unit-of-work.js';

/** A fault to be found: every retired token is taken for the predecessor of the current one, so that no reuse is ever noticed. */
export const blindToReuse = (unitOfWork: UnitOfWork): UnitOfWork => ({
  run: (work, options) => unitOfWork.run((stores) => work({ ...stores, sessions: blind(stores.sessions) }), options),
});

function blind(sessions: SessionStore): SessionStore {
  const rotate: SessionStore['rotate'] = async ({ seen: _, ...request }) => {
    const session = await sessions.find(request.sessionId);
    return await sessions.rotate({ ...request, counter: Math.max(request.counter, (session?.counter ?? 0) - 1) });
  };
  return new Proxy(sessions, {
    get: (store, name) => {
      if (name === 'rotate') return rotate;
      const member: unknown = Reflect.get(store, name);
      return typeof member === 'function' ? member.bind(store) : member;
    },
  });
}

/** A fault to be found: each n-th unit of work is acknowledged and then lost, as by a database that does not keep what it has confirmed. */
export function forgetful(unitOfWork: UnitOfWork, everyNth: number): UnitOfWork {
  const forgotten = new Error('forgotten');
  let units = 0;
  return {
    run: async <Result>(work: (stores: Stores) => Promise<Result>, options?: UnitOfWorkOptions) => {
      units += 1;
      if (units % everyNth !== 0) return await unitOfWork.run(work, options);
      const answer = Promise.withResolvers<Result>();
      const lost = unitOfWork.run(async (stores) => {
        answer.resolve(await work(stores));
        throw forgotten;
      }, options);
      await lost.catch((error: unknown) => (error === forgotten ? null : Promise.reject(error)));
      return await answer.promise;
    },
  };
}
