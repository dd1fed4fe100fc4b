import { ContainerModule } from 'inversify';
import type { Ports } from '../../core/ports/ports.js';
import { tracedPortsOf } from './traced.js';

/** Token of the whole record. */
export const portsToken = 'ports';

/** Every name once: a port that is added to the record does not compile until it is named here. */
const names: Record<keyof Ports, true> = {
  audit: true,
  auditLog: true,
  auditSeals: true,
  auditTrail: true,
  clock: true,
  closedConnections: true,
  credentials: true,
  demoAccounts: true,
  digest: true,
  eventBus: true,
  eventEncoder: true,
  existingSchema: true,
  hasher: true,
  keyedDigest: true,
  logger: true,
  messageMac: true,
  metrics: true,
  passwordBlocklist: true,
  passwordPolicy: true,
  probes: true,
  random: true,
  rateLimits: true,
  rateRules: true,
  refreshTokens: true,
  revocationFeed: true,
  revokedSessions: true,
  scheduler: true,
  sessionLock: true,
  sessionPolicy: true,
  sessions: true,
  subscriptions: true,
  tickets: true,
  tokens: true,
  tracer: true,
  unitOfWork: true,
  users: true,
};

const portNames = Object.keys(names);

/** Gathers what the other modules bound into the record that use cases take. */
export const portsModule = new ContainerModule(({ bind }) => {
  bind<Ports>(portsToken).toResolvedValue(
    // a cast: the names and the values stand in the same order, and the table above has every name
    (...values: unknown[]) => followed(Object.fromEntries(values.map((value, index) => [portNames[index], value])) as unknown as Ports),
    portNames,
  );
});

const followed = (ports: Ports): Ports => (ports.tracer === null ? ports : tracedPortsOf(ports, ports.tracer));
