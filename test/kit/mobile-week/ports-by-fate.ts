import { AuthError } from '../../../core/domain/auth-error.js';
import type { Ports } from '../../../core/ports/ports.js';
import type { UnitOfWork } from '../../../core/ports/unit-of-work.js';
import { LossyUnitOfWork } from '../lossy-unit-of-work.js';
import type { DatabaseFate } from './incidents.js';

type DatabasePorts = Pick<Ports, 'unitOfWork' | 'sessions' | 'credentials'>;

/** The same ports, with a database that behaves as `fate` requires for the one request that they serve. */
export function portsByFate<Given extends DatabasePorts>(ports: Given, fate: DatabaseFate): Given {
  switch (fate) {
    case 'works':
      return ports;
    case 'unreachable':
      return {
        ...ports,
        unitOfWork: unreachable(ports.unitOfWork),
        sessions: unreachable(ports.sessions),
        credentials: unreachable(ports.credentials),
      };
    case 'rolls_back':
      return { ...ports, unitOfWork: rollingBack(ports.unitOfWork) };
    case 'commits_unanswered': {
      const unitOfWork = new LossyUnitOfWork(ports);
      unitOfWork.dropNextAnswer();
      return { ...ports, unitOfWork };
    }
  }
}

/** Every member of a store is a method that returns a promise. */
const unreachable = <Store extends object>(store: Store): Store =>
  new Proxy(store, { get: () => () => Promise.reject(new AuthError('dependency_unavailable')) });

const rollingBack = (unitOfWork: UnitOfWork): UnitOfWork => ({
  run: (work, options) =>
    unitOfWork.run(async (stores) => {
      await work(stores);
      throw new AuthError('dependency_unavailable');
    }, options),
});
