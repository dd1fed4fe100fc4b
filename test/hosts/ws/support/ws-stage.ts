import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MemoryEventBus } from '../../../../adapters/memory/live/memory-event-bus.js';
import type { MemoryDatabase } from '../../../../adapters/memory/memory-database.js';
import type { MemoryLogger } from '../../../../adapters/memory/operations/memory-logger.js';
import { MemoryRevocationFeed } from '../../../../adapters/memory/sessions/memory-revocation-feed.js';
import { MemoryTicketStore } from '../../../../adapters/memory/sessions/memory-ticket-store.js';
import { SystemScheduler } from '../../../../adapters/system/system-scheduler.js';
import { type SessionId, sessionIdFrom, type UserId, userId } from '../../../../core/domain/ids.js';
import { noOrigin } from '../../../../core/domain/origin.js';
import { newSession, type RevocationReason } from '../../../../core/domain/sessions/session.js';
import type { EventBus } from '../../../../core/ports/live/event-bus.js';
import type { Ports } from '../../../../core/ports/ports.js';
import type { TicketStore } from '../../../../core/ports/sessions/ticket-store.js';
import { ThrottleClient } from '../../../../core/usecases/limits/throttle-client.js';
import { AdmitConnection } from '../../../../core/usecases/live/admit-connection.js';
import { DeliverEvent } from '../../../../core/usecases/live/deliver-event.js';
import { FollowConnections } from '../../../../core/usecases/live/follow-connections.js';
import { PublishEvent } from '../../../../core/usecases/live/publish-event.js';
import { RecordDisconnection } from '../../../../core/usecases/live/record-disconnection.js';
import { RenewConnection } from '../../../../core/usecases/live/renew-connection.js';
import { ReplayEvents } from '../../../../core/usecases/live/replay-events.js';
import { FollowRevocations } from '../../../../core/usecases/sessions/follow-revocations.js';
import { IssueTicket } from '../../../../core/usecases/sessions/issue-ticket.js';
import { announceRevocations } from '../../../../core/usecases/steps/announce-revocations.js';
import { WatchSubscriptions } from '../../../../core/usecases/subscriptions/watch-subscriptions.js';
import { createWsHost, type WsHost, type WsSettings } from '../../../../hosts/ws/create-ws-host.js';
import { makeWorld } from '../../../kit/make-world.js';
import { CountedMetrics } from './counted-metrics.js';
import { ShiftedClock } from './shifted-clock.js';

export interface WsStageOptions {
  readonly settings?: Partial<WsSettings>;
  readonly ports?: Partial<Ports>;
  readonly handshakesAllowed?: number;
  /** Instead of the bus and the tickets of one process. */
  readonly shared?: (scheduler: SystemScheduler) => { readonly eventBus: EventBus; readonly tickets: TicketStore };
}

export interface SignedIn {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly token: string;
}

/** The WebSocket host on a server of its own, with everything else in memory and under a clock that a test can move on. */
export interface WsStage extends AsyncDisposable {
  /** `ws://…/ws` */
  readonly url: string;
  readonly port: number;
  readonly host: WsHost;
  readonly database: MemoryDatabase;
  readonly logger: MemoryLogger;
  readonly metrics: CountedMetrics;
  readonly clock: ShiftedClock;
  readonly eventBus: EventBus;
  readonly publishEvent: PublishEvent;
  readonly issueTicket: IssueTicket;
  /** A session of a user, existing or new, and its access token. */
  signIn(options?: { readonly user?: string; readonly seconds?: number }): Promise<SignedIn>;
  /** Opens a session that another process has opened, as a database that both share would show it. */
  share(of: { readonly userId: UserId; readonly sessionId: SessionId }): Promise<void>;
  /** Another access token of a session. */
  token(of: { readonly userId: UserId; readonly sessionId: SessionId }, seconds?: number): Promise<string>;
  /** Ends sessions. `isAnnounced` false simulates a process that ends before the announcement. */
  revoke(id: SessionId, options?: { readonly reason?: RevocationReason; readonly isAnnounced?: boolean }): Promise<void>;
}

let signIns = 0;

export async function openWsStage({
  settings = {},
  ports: given = {},
  handshakesAllowed = 1e6,
  shared,
}: WsStageOptions = {}): Promise<WsStage> {
  await using opened = new AsyncDisposableStack();
  const api = { name: 'api', limit: handshakesAllowed, windowSeconds: 300 } as const;
  const clock = new ShiftedClock();
  const world = makeWorld();
  const scheduler = new SystemScheduler({ onError: (error) => world.logger.error('a task failed', { error }) });
  const revocationFeed = new MemoryRevocationFeed({ scheduler, logger: world.logger });
  const metrics = new CountedMetrics();
  const ports = { ...world, clock, scheduler, revocationFeed, rateRules: { ...world.rateRules, api }, ...given };
  const { eventBus, tickets } = shared?.(scheduler) ?? {
    eventBus: new MemoryEventBus({ clock, random: world.random }),
    tickets: new MemoryTicketStore({ clock }),
  };
  const all = { ...ports, eventBus, tickets, metrics };

  const followRevocations = new FollowRevocations(all);
  await followRevocations.start();
  opened.defer(() => followRevocations.stop());
  const publishEvent = new PublishEvent(all);
  const host = await createWsHost(
    {
      ...all,
      throttleClient: new ThrottleClient(all),
      admitConnection: new AdmitConnection(all),
      renewConnection: new RenewConnection(all),
      recordDisconnection: new RecordDisconnection(all),
      publishEvent,
      deliverEvent: new DeliverEvent(all),
      replayEvents: new ReplayEvents(all),
      followConnections: new FollowConnections(all),
      watchSubscriptions: new WatchSubscriptions(all),
    },
    {
      corsOrigins: ['https://app.example.org'],
      trustProxy: [],
      subscriptionPollSeconds: 0.1,
      maxSockets: 1e6,
      areQueryTokensTaken: true,
      ...settings,
    },
  );
  const server = createServer((_request, response) => void response.writeHead(404).end());
  host.attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.defer(async () => {
    await host.close(0);
    server.closeAllConnections();
    server.close();
  });
  // a cast: a TCP server that listens has such an address
  const { port } = server.address() as AddressInfo;

  const share: WsStage['share'] = async ({ userId: id, sessionId }) => {
    const opening = { id: sessionId, userId: id, deviceName: null, origin: noOrigin, now: clock.now() };
    await ports.sessions.open(newSession(opening, ports.sessionPolicy));
  };
  const token: WsStage['token'] = async (of, seconds = 900) => {
    const issuedAt = Math.floor(clock.now() / 1000) * 1000;
    return await world.tokens.issue({ ...of, tokenId: `t${++signIns}`, issuedAt, expiresAt: issuedAt + seconds * 1000 });
  };
  const resources = opened.move();
  return {
    url: `ws://127.0.0.1:${port}/ws`,
    port,
    ...{
      host,
      database: world.database,
      logger: world.logger,
      metrics,
      clock,
      eventBus,
      publishEvent,
      issueTicket: new IssueTicket(all),
      token,
    },
    share,
    signIn: async ({ user = '1', seconds = 900 } = {}) => {
      const id = userId(user);
      if ((await ports.users.find(id)) === null) await world.database.putAccount({ user: sampleUser(id) });
      const now = clock.now();
      const random = new Uint8Array(10);
      new DataView(random.buffer).setUint32(4, ++signIns);
      const sessionId = sessionIdFrom(now, random);
      await share({ userId: id, sessionId });
      return { userId: id, sessionId, token: await token({ userId: id, sessionId }, seconds) };
    },
    revoke: async (id, { reason = 'logout', isAnnounced = true } = {}) => {
      const ended = await ports.sessions.revoke({ kind: 'one', sessionId: id }, reason, clock.now());
      if (isAnnounced) await announceRevocations(ended, all);
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

export const sampleUser = (id: UserId, isEnabled = true) => ({
  id,
  email: `user-${id}@example.org`,
  firstName: null,
  lastName: null,
  phone: null,
  createdAt: null,
  isEnabled,
});
