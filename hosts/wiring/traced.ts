import type { Tracer } from '../../core/ports/operations/tracer.js';
import type { Ports } from '../../core/ports/ports.js';
import type { Stores, UnitOfWork } from '../../core/ports/unit-of-work.js';
import type { UseCases } from '../../core/usecases/use-cases.js';

/** Ports whose calls are spans. The others have nothing to wait for: clock, chance, counters, rules. */
const tracedPorts = [
  'users',
  'credentials',
  'subscriptions',
  'sessions',
  'audit',
  'auditLog',
  'auditTrail',
  'auditSeals',
  'tokens',
  'refreshTokens',
  'keyedDigest',
  'hasher',
  'rateLimits',
  'revocationFeed',
  'tickets',
  'eventBus',
] as const satisfies readonly (keyof Ports)[];

/** The same ports, each call of which is a span; inside a unit of work too. */
export function tracedPortsOf(ports: Ports, tracer: Tracer): Ports {
  const traced = tracedPorts.map((name) => [name, spansOf(name, ports[name], tracer)]);
  // a cast: each of the names has a port of its own type
  return { ...ports, ...(Object.fromEntries(traced) as Partial<Ports>), unitOfWork: tracedUnitOfWork(ports.unitOfWork, tracer) };
}

/** The same use cases, each run of which is a span. */
export function tracedUseCasesOf(useCases: UseCases, tracer: Tracer): UseCases {
  const traced = Object.entries(useCases).map(([name, useCase]) => [name, spansOf(name, useCase, tracer, true)]);
  // a cast: the names are those that came
  return Object.fromEntries(traced) as UseCases;
}

function tracedUnitOfWork(unitOfWork: UnitOfWork, tracer: Tracer): UnitOfWork {
  const tracedStores = (stores: Stores) =>
    Object.fromEntries(Object.entries(stores).map(([name, store]) => [name, spansOf(name, store, tracer)])) as unknown as Stores;
  return { run: (work, options) => tracer.span('unitOfWork.run', () => unitOfWork.run((stores) => work(tracedStores(stores)), options)) };
}

/** Without `isRoot`, work that belongs to nothing, such as a poll twice a second, is no span. Calls go to the object itself, which may have private members; what it calls of its own is no span. */
function spansOf<Target extends object>(name: string, target: Target, tracer: Tracer, isRoot = false): Target {
  const methods = new Map<unknown, unknown>();
  return new Proxy(target, {
    get(_proxied, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      const known = methods.get(key);
      if (known !== undefined) return known;
      const method = (...args: unknown[]) => {
        const call = () => Reflect.apply(member, target, args);
        return isRoot || tracer.current() !== null ? tracer.span(`${name}.${String(key)}`, call) : call();
      };
      methods.set(key, method);
      return method;
    },
  });
}
