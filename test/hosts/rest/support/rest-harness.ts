import { randomBytes } from 'node:crypto';
import { JoseTokenIssuer } from '../../../../adapters/jose/jose-token-issuer.js';
import { JsonEventEncoder } from '../../../../adapters/json/json-event-encoder.js';
import { MemoryRateLimitStore } from '../../../../adapters/memory/limits/memory-rate-limit-store.js';
import { MemoryEventBus } from '../../../../adapters/memory/live/memory-event-bus.js';
import { ManualClock } from '../../../../adapters/memory/manual-clock.js';
import { ManualScheduler } from '../../../../adapters/memory/manual-scheduler.js';
import { MemoryDatabase } from '../../../../adapters/memory/memory-database.js';
import { MemoryStores } from '../../../../adapters/memory/memory-stores.js';
import { MemoryUnitOfWork } from '../../../../adapters/memory/memory-unit-of-work.js';
import { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { MemoryPasswordBlocklist } from '../../../../adapters/memory/passwords/memory-password-blocklist.js';
import { MemoryRevocationFeed } from '../../../../adapters/memory/sessions/memory-revocation-feed.js';
import { MemoryTicketStore } from '../../../../adapters/memory/sessions/memory-ticket-store.js';
import { HmacKeyedDigest } from '../../../../adapters/node-crypto/hmac-keyed-digest.js';
import { HmacRefreshTokenCodec } from '../../../../adapters/node-crypto/hmac-refresh-token-codec.js';
import { NodeRandom } from '../../../../adapters/node-crypto/node-random.js';
import { RevokedSessions } from '../../../../core/domain/sessions/revoked-sessions.js';
import type { Ports } from '../../../../core/ports/ports.js';
import { RegisterUser, type RegisterUserPorts } from '../../../../core/usecases/accounts/register-user.js';
import { UpdateProfile, type UpdateProfilePorts } from '../../../../core/usecases/accounts/update-profile.js';
import { ViewProfile, type ViewProfilePorts } from '../../../../core/usecases/accounts/view-profile.js';
import { ThrottleClient, type ThrottleClientPorts } from '../../../../core/usecases/limits/throttle-client.js';
import { CheckReadiness } from '../../../../core/usecases/operations/check-readiness.js';
import { ChangePassword, type ChangePasswordPorts } from '../../../../core/usecases/passwords/change-password.js';
import { AuthenticateAccess, type AuthenticateAccessPorts } from '../../../../core/usecases/sessions/authenticate-access.js';
import { EndSessions, type EndSessionsPorts } from '../../../../core/usecases/sessions/end-sessions.js';
import { IssueTicket, type IssueTicketPorts } from '../../../../core/usecases/sessions/issue-ticket.js';
import { ListSessions, type ListSessionsPorts } from '../../../../core/usecases/sessions/list-sessions.js';
import { LogIn, type LogInPorts } from '../../../../core/usecases/sessions/log-in.js';
import { LogOut, type LogOutPorts } from '../../../../core/usecases/sessions/log-out.js';
import { RefreshSession, type RefreshSessionPorts } from '../../../../core/usecases/sessions/refresh-session.js';
import { createRestApp, type RestServices, type RestSettings } from '../../../../hosts/rest/create-rest-app.js';
import { type RestServer, startRestServer } from '../../../../hosts/rest/rest-server.js';
import { type ApiClient, apiClient } from '../../../support/api-client.js';
import { PlainPasswordHasher } from './plain-password-hasher.js';
import { RecordedMetrics } from './recorded-metrics.js';

/** Only the ports that the use cases of this host need. */
type RestPorts = RegisterUserPorts &
  LogInPorts &
  RefreshSessionPorts &
  LogOutPorts &
  ViewProfilePorts &
  UpdateProfilePorts &
  ListSessionsPorts &
  EndSessionsPorts &
  ChangePasswordPorts &
  AuthenticateAccessPorts &
  ThrottleClientPorts &
  IssueTicketPorts &
  Pick<Ports, 'probes' | 'metrics' | 'logger'>;

export interface RestHarnessOptions {
  readonly settings?: Partial<RestSettings>;
  readonly ports?: Partial<RestPorts>;
}

/** The real app on a real port, its use cases on memory. */
export interface RestHarness extends AsyncDisposable {
  readonly server: RestServer;
  readonly url: string;
  readonly services: RestServices;
  readonly api: ApiClient;
  readonly database: MemoryDatabase;
  readonly clock: ManualClock;
  readonly logger: MemoryLogger;
  readonly metrics: RecordedMetrics;
}

const secret = 'only for the tests of the REST host, 32+ bytes';

/** Limits are wide unless a test narrows them. */
export async function startRest({ settings, ports: given }: RestHarnessOptions = {}): Promise<RestHarness> {
  const database = new MemoryDatabase();
  const clock = new ManualClock();
  const logger = new MemoryLogger();
  const metrics = new RecordedMetrics();
  const revokedSessions = new RevokedSessions();
  revokedSessions.read(clock.now());
  const ports: RestPorts = {
    ...new MemoryStores({ database }),
    unitOfWork: new MemoryUnitOfWork({ database }),
    tokens: new JoseTokenIssuer({ keys: { current: randomBytes(32), previous: [] }, maxLifetimeSeconds: 900 }),
    refreshTokens: new HmacRefreshTokenCodec({ current: secret, previous: [] }),
    hasher: new PlainPasswordHasher(),
    rateLimits: new MemoryRateLimitStore({ clock }),
    eventBus: new MemoryEventBus({ clock, random: new NodeRandom() }),
    eventEncoder: new JsonEventEncoder(),
    tickets: new MemoryTicketStore({ clock }),
    revocationFeed: new MemoryRevocationFeed({ scheduler: new ManualScheduler(), logger }),
    revokedSessions,
    keyedDigest: new HmacKeyedDigest({ secret }),
    clock,
    random: new NodeRandom(),
    logger,
    metrics,
    probes: [],
    sessionPolicy: {
      accessTtlSeconds: 900,
      refreshTtlSeconds: 86_400,
      sessionMaxSeconds: 7_776_000,
      replaySeconds: 'unused',
      endMaxAgeSeconds: 0,
    },
    passwordPolicy: { minLength: 8, productName: 'Move Acces' },
    passwordBlocklist: new MemoryPasswordBlocklist({ passwords: ['password1'] }),
    rateRules: wideRules,
    ...given,
  };
  const services = servicesOf(ports);
  const app = createRestApp(services, { trustProxy: [], corsOrigins: [], areDocsOn: true, metricsToken: null, ...settings });
  const server = await startRestServer(app, { host: '127.0.0.1', port: 0, logger });
  const dispose = () => server.close(0);
  return {
    server,
    url: server.url,
    services,
    api: apiClient(server.url),
    database,
    clock,
    logger,
    metrics,
    [Symbol.asyncDispose]: dispose,
  };
}

export const wideRules: Ports['rateRules'] = {
  login: { name: 'login', limit: 1000, windowSeconds: 60 },
  register: { name: 'register', limit: 10_000, windowSeconds: 300 },
  api: { name: 'api', limit: 10_000, windowSeconds: 300 },
  account: { name: 'account', limit: 1000, windowSeconds: 900 },
};

function servicesOf(ports: RestPorts): RestServices {
  return {
    ...ports,
    tracer: null,
    registerUser: new RegisterUser(ports),
    logIn: new LogIn(ports),
    refreshSession: new RefreshSession(ports),
    logOut: new LogOut(ports),
    viewProfile: new ViewProfile(ports),
    updateProfile: new UpdateProfile(ports),
    listSessions: new ListSessions(ports),
    endSessions: new EndSessions(ports),
    changePassword: new ChangePassword(ports),
    authenticateAccess: new AuthenticateAccess(ports),
    throttleClient: new ThrottleClient(ports),
    checkReadiness: new CheckReadiness(ports),
    issueTicket: new IssueTicket(ports),
  };
}

export const camille = { email: 'camille@example.org', password: 'correct horse battery' } as const;

/** An account, signed in. */
export async function register({ api }: RestHarness, email: string = camille.email) {
  const { body } = await api.request('POST', '/auth/register', { body: { email, password: camille.password } });
  return body;
}
