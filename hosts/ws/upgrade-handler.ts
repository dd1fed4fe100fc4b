import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Server as SocketServer, WebSocketServer } from 'ws';
import { AuthError } from '../../core/domain/auth-error.js';
import type { Origin } from '../../core/domain/origin.js';
import type { Presented } from '../../core/usecases/live/admit-connection.js';
import { clientAddressFinder } from '../http/client-address.js';
import { hostGuard } from '../http/host-guard.js';
import { noAddress } from '../http/no-address.js';
import { refusalFields } from '../http/refusal-fields.js';
import { requestIdFinder } from '../http/request-id.js';
import { requestOrigin } from '../http/request-origin.js';
import { traceFieldsFinder } from '../http/trace-fields.js';
import { logRefusals } from './log-refusals.js';
import { isOriginAllowed } from './origin-check.js';
import { presentedBy } from './presented-credential.js';
import { ReasonedWebSocket } from './reasoned-web-socket.js';
import { refuseUpgrade, type UpgradeRefusal } from './refuse-upgrade.js';
import { type Judged, traceAdmission } from './trace-admission.js';
import type { WsLimits } from './ws-limits.js';
import type { WsServices, WsSettings } from './ws-services.js';

/** A WebSocket whose upgrade was accepted; its client is checked next. */
export interface Arrival {
  readonly socket: ReasonedWebSocket;
  readonly origin: Origin;
  readonly presented: Presented | null;
  /** Wraps the check of the client. */
  readonly judged: Judged;
  /** Call it once. Before that nothing is sent, so that the response to the handshake and the first messages are sent together. */
  readonly flush: () => void;
}

export interface UpgradeHandlerOptions {
  readonly services: Pick<WsServices, 'throttleClient' | 'random' | 'logger' | 'tracer'>;
  readonly settings: WsSettings;
  readonly limits: WsLimits;
  readonly onArrival: (arrival: Arrival) => void;
}

const path = '/ws';
/**
 * Max number of chunks in which a message may arrive from the network. Each chunk costs some hundred bytes of memory. A message of the max
 * size may arrive in chunks of 128 bytes.
 */
const maxBufferedChunks = 512;
/**
 * Turns upgrade requests into WebSockets. Before the upgrade it refuses only pages of other origins, other hosts on loopback, and addresses
 * with too many handshakes. A client that is refused after the upgrade can read the reason. The query is never logged or stored.
 */
export class UpgradeHandler {
  readonly #options: UpgradeHandlerOptions;
  readonly #upgrader: SocketServer<typeof ReasonedWebSocket>;
  readonly #find;

  constructor(options: UpgradeHandlerOptions) {
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
    // the library's own response to an invalid handshake lacks the headers of every other response
    this.#upgrader.on('wsClientError', (_error, socket, request) => this.#refuse(request, socket, { code: 'malformed_request' }));
  }

  /** Handles the upgrade requests of a server; its other requests are not affected. */
  open(server: Server): void {
    // Since Node.js 24.9 a server can select the upgrades that it handles: the others are handled as plain requests.
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
    // an upgrade request is emitted before `node:http` checks this header
    if (!/^(?:100-continue)?$/i.test(request.headers.expect ?? '')) return refuse({ code: 'expectation_failed' });
    if (request.method !== 'GET') return refuse({ code: 'method_not_allowed', headers: { Allow: 'GET' } });
    // RFC 6455 §4.4
    if (request.headers['sec-websocket-version'] !== '13') {
      return refuse({ status: 426, code: 'malformed_request', headers: { Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' } });
    }
    if (!isOriginAllowed(request, settings.corsOrigins)) return refuse({ code: 'forbidden' });

    const ip = this.#find.address(request);
    const origin = requestOrigin(request, { ip, requestId });
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

  /**
   * Returns the seconds until the address may try again; null when it may now, and when the limit cannot be checked: an admitted client is
   * checked further.
   */
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
