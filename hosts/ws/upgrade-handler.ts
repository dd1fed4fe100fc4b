import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Server as SocketServer, WebSocketServer } from 'ws';
import { AuthError } from '../../core/domain/auth-error.js';
import type { Origin } from '../../core/domain/origin.js';
import { tidyLine } from '../../core/domain/text.js';
import type { Presented } from '../../core/usecases/live/admit-connection.js';
import { clientAddressFinder } from '../http/client-address.js';
import { hostGuard } from '../http/host-guard.js';
import { noAddress } from '../http/no-address.js';
import { refusalFields } from '../http/refusal-fields.js';
import { requestIdFinder } from '../http/request-id.js';
import { traceFieldsFinder } from '../http/trace-fields.js';
import { logRefusals } from './log-refusals.js';
import { isOriginAllowed } from './origin-check.js';
import { presentedBy } from './presented-credential.js';
import { ReasonedWebSocket } from './reasoned-web-socket.js';
import { refuseUpgrade, type UpgradeRefusal } from './refuse-upgrade.js';
import { type Judged, traceAdmission } from './trace-admission.js';
import type { WsLimits } from './ws-limits.js';
import type { WsServices, WsSettings } from './ws-services.js';

/** A WebSocket that came through the door; whether its client may stay is judged next. */
export interface Arrival {
  readonly socket: ReasonedWebSocket;
  readonly origin: Origin;
  readonly presented: Presented | null;
  /** Goes around how it is judged. */
  readonly judged: Judged;
  /** To be called once: until then nothing is sent, so that the answer to the handshake and what is said first leave together. */
  readonly flush: () => void;
}

export interface DoorOptions {
  readonly services: Pick<WsServices, 'throttleClient' | 'random' | 'logger' | 'tracer'>;
  readonly settings: WsSettings;
  readonly limits: WsLimits;
  readonly onArrival: (arrival: Arrival) => void;
}

const path = '/ws';
/** Pieces in which a message may come through the network, each of which takes some hundred bytes: of 128 bytes, if it is the largest. */
const maxBufferedChunks = 512;
/**
 * Turns upgrades into WebSockets. Refused before that are only pages of other origins, other hosts on loopback, and addresses with too
 * many handshakes; a client that is refused later can read why. Nothing of the query is ever logged or kept.
 */
export class UpgradeHandler {
  readonly #options: DoorOptions;
  readonly #upgrader: SocketServer<typeof ReasonedWebSocket>;
  readonly #find;

  constructor(options: DoorOptions) {
    const { maxMessageBytes: maxPayload, maxFragments, closeTimeoutMs: closeTimeout } = options.limits;
    this.#options = options;
    const { services, settings } = options;
    this.#find = {
      requestId: requestIdFinder({ ...services, ...settings }),
      address: clientAddressFinder(settings.trustProxy),
      traceFields: traceFieldsFinder(settings.trustProxy),
      hostFault: hostGuard({ ...services, ...settings }),
    };
    const limits = { maxPayload, maxFragments, closeTimeout, maxBufferedChunks };
    const none = { noServer: true, clientTracking: false, perMessageDeflate: false, handleProtocols: () => false as const };
    this.#upgrader = new WebSocketServer({ ...none, ...limits, WebSocket: ReasonedWebSocket });
    // the library's own answer to a handshake that is none has not the fields of every other
    this.#upgrader.on('wsClientError', (_error, socket, request) => this.#refuse(request, socket, { code: 'malformed_request' }));
  }

  /** Takes the upgrades of a server; what else is asked of it stays its own. */
  open(server: Server): void {
    // From Node 24.9 on a server can be told which upgrades are meant: the others are answered as if they were none.
    Object.assign(server, { shouldUpgradeCallback: isForUs });
    server.on('upgrade', (request, socket, head) => {
      this.#take(request, socket, head).catch((error: unknown) => {
        this.#options.services.logger.error('an upgrade failed', { error });
        socket.destroy();
      });
    });
  }

  async #take(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { settings, services } = this.#options;
    const onError = () => socket.destroy();
    socket.on('error', onError);
    const requestId = this.#find.requestId(request);
    const refuse = (refusal: Omit<UpgradeRefusal, 'requestId'>) => this.#refuse(request, socket, refusal, requestId);
    const hostFault = this.#find.hostFault(request);
    if (hostFault !== null) return refuse({ code: hostFault });
    if (!isForUs(request)) return refuse({ code: 'not_found' });
    // an upgrade comes before `node:http` looks at it
    if (!/^(?:100-continue)?$/i.test(request.headers.expect ?? '')) return refuse({ code: 'expectation_failed' });
    if (request.method !== 'GET') return refuse({ code: 'method_not_allowed', headers: { Allow: 'GET' } });
    // RFC 6455 §4.4
    if (request.headers['sec-websocket-version'] !== '13') {
      return refuse({ status: 426, code: 'malformed_request', headers: { Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' } });
    }
    if (!isOriginAllowed(request, settings.corsOrigins)) return refuse({ code: 'forbidden' });

    const ip = this.#find.address(request);
    const origin: Origin = { ip, userAgent: tidyLine(request.headers['user-agent'], 255), requestId };
    const waitSeconds = await this.#waitOf(ip ?? noAddress, origin);
    if (waitSeconds !== null) return refuse({ code: 'rate_limited', headers: { 'Retry-After': String(waitSeconds) } });
    const presented = presentedBy(request, settings);
    socket.off('error', onError);
    const judged = logRefusals(traceAdmission(services.tracer, this.#find.traceFields(request)), { logger: services.logger, origin });
    socket.cork();
    const flush = () => socket.uncork();
    this.#upgrader.handleUpgrade(request, socket, head, (webSocket) => {
      this.#options.onArrival({ socket: webSocket, origin, presented, judged, flush });
    });
  }

  #refuse(
    request: IncomingMessage,
    socket: Duplex,
    refusal: Omit<UpgradeRefusal, 'requestId'>,
    requestId = this.#find.requestId(request),
  ): void {
    const ip = this.#find.address(request);
    this.#options.services.logger.info('upgrade refused', refusalFields({ requestId, code: refusal.code, ip }));
    refuseUpgrade(socket, { ...refusal, requestId });
  }

  /** Seconds until the address may try again; null when it may now, and when that cannot be judged: who comes in is asked more. */
  async #waitOf(ip: string, origin: Origin): Promise<number | null> {
    try {
      await this.#options.services.throttleClient.execute({ policy: 'api', ip, origin });
      return null;
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      return error.code === 'rate_limited' ? (error.retryAfterSeconds ?? 1) : null;
    }
  }
}

const isForUs = ({ url = '', headers }: IncomingMessage): boolean =>
  (url === path || url.startsWith(`${path}?`)) && headers.upgrade?.toLowerCase() === 'websocket';
