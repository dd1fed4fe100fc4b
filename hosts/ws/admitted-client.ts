import { AuthError, isRefusal } from '../../core/domain/auth-error.js';
import type { ErrorCode } from '../../core/domain/error-code.js';
import type { SessionId, UserId } from '../../core/domain/ids.js';
import type { EventPosition, LiveEvent } from '../../core/domain/live/live-event.js';
import type { Admission } from '../../core/usecases/live/admit-connection.js';
import { ClientTraffic } from './client-traffic.js';
import type { CloseName } from './close-causes.js';
import type { ConnectionParts } from './connection-parts.js';
import type { AdmittedConnection } from './connection-registry.js';
import { errorDetail } from './error-details.js';
import { EventDelivery } from './event-delivery.js';
import type { ClientMessage } from './parse-message.js';
import { type EncodedMessage, encode } from './server-message.js';
import type { SocketSender } from './socket-sender.js';
import { TokenExpiry } from './token-expiry.js';

export interface AdmittedClientOptions extends Pick<ConnectionParts, 'services' | 'limits' | 'registry' | 'traffic'> {
  readonly sender: SocketSender;
  readonly admission: Admission;
}

/** The refusals of a message after which the connection stays open: none of them concerns the token or the session. */
const bearable: ReadonlySet<ErrorCode> = new Set([
  'forbidden',
  'validation_failed',
  'payload_too_large',
  'rate_limited',
  'overloaded',
  'dependency_unavailable',
]);

/** Messages that are handled asynchronously. */
type LongMessage = Exclude<ClientMessage, { readonly type: 'ping' }>;

/** Max bytes of messages other than `send`: an `auth` of 8,192 characters, some of them escaped. */
const maxBytesOfOthers = 16 * 1024;

const pong = encode({ type: 'pong' });

/** A client that was admitted: its messages, its events, its token. */
export class AdmittedClient implements AdmittedConnection {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly #options: AdmittedClientOptions;
  readonly #delivery: EventDelivery;
  readonly #traffic: ClientTraffic;
  readonly #expiry: TokenExpiry;
  #hasResumed = false;

  /** Sends `welcome`. */
  constructor(options: AdmittedClientOptions) {
    const { services, limits, registry, traffic, sender, admission } = options;
    const { userId, sessionId, expiresAt, expiresIn } = admission;
    this.#options = options;
    this.userId = userId;
    this.sessionId = sessionId;
    this.#traffic = new ClientTraffic({ userId, traffic, registry });
    this.#expiry = new TokenExpiry(expiresAt, { random: services.random, limits });
    const place = services.deliverEvent.positionOf(userId);
    this.#delivery = new EventDelivery({ sender, userId, services, limits }, place, performance.now());
    const { epoch, offset } = place ?? { epoch: '', offset: 0 };
    const ping_interval = limits.pingIntervalMs / 1000;
    sender.send(encode({ type: 'welcome', user_id: userId, session_id: sessionId, expires_in: expiresIn, ping_interval, epoch, offset }));
  }

  get heldBytes(): number {
    return this.#delivery.heldBytes;
  }

  deliver(event: LiveEvent, message: EncodedMessage): void {
    this.#delivery.deliver(event, message);
  }

  tellLoss(position: EventPosition): void {
    this.#delivery.tellLoss(position);
  }

  close(name: CloseName): void {
    this.#options.sender.close(name);
  }

  /** To be called at regular intervals. */
  tick(now: number): void {
    const { sender, services } = this.#options;
    this.#delivery.tick(now);
    const step = this.#expiry.due(services.clock.now());
    if (step?.kind === 'close') sender.close('token_expired');
    if (step?.kind === 'notice') sender.send(encode({ type: 'token_expiring', expires_in: step.expiresIn }));
  }

  pong(): void {
    this.#delivery.release();
    this.#options.sender.send(pong);
  }

  /** Charges a message, whatever it is. Returns false when the client ignored `rate_limited` for more than `trafficDebt`. */
  charge(bytes: number): boolean {
    return this.#traffic.charge(bytes);
  }

  /**
   * Refuses a long message while nothing of the traffic budget is left, and returns whether it did. Parsing it would take up to six times its
   * size of memory, and the result is known: `send` alone is so long.
   */
  refuseUnread(bytes: number): boolean {
    if (bytes <= maxBytesOfOthers) return false;
    const refusal = this.#traffic.refusal();
    if (refusal === null) return false;
    this.#options.services.metrics.messageReceived('send');
    this.#delivery.release();
    this.#sendError(refusal);
    return true;
  }

  /** `bytes` is the size of the message. Rejects with a refusal that ends the connection. */
  async handle(message: LongMessage, bytes: number): Promise<void> {
    if (message.type !== 'resume') this.#delivery.release();
    try {
      await this.#carryOut(message, bytes);
    } catch (error) {
      if (!(error instanceof AuthError) || !bearable.has(error.code)) throw error;
      this.#sendError(error);
    }
  }

  #sendError({ code, retryAfterSeconds }: AuthError): void {
    const retry = code === 'rate_limited' && retryAfterSeconds !== null ? { retry_ms: retryAfterSeconds * 1000 } : {};
    this.#options.sender.send(encode({ type: 'error', code, detail: errorDetail(code), ...retry }));
  }

  async #carryOut(message: LongMessage, bytes: number): Promise<void> {
    const { services } = this.#options;
    switch (message.type) {
      case 'auth':
        return await this.#renew(message.token);
      case 'resume':
        return await this.#resume(message);
      case 'send':
        this.#traffic.spend(this.#traffic.costOf(message.data) - bytes);
        await services.publishEvent.execute({
          to: { kind: 'user', userId: this.userId },
          name: message.name,
          data: message.data,
          by: 'device',
        });
    }
  }

  /** A client that reconnects sends one `resume`: the first of a connection is accepted although the budget is empty. */
  async #resume(after: EventPosition): Promise<void> {
    if (this.#hasResumed) this.#traffic.spend(0);
    this.#hasResumed = true;
    await this.#delivery.resume(after, (bytes) => void this.charge(bytes));
  }

  async #renew(token: string): Promise<void> {
    const { sender, services } = this.#options;
    const { userId, sessionId } = this;
    const renewed = await services.renewConnection.execute({ userId, sessionId, token }).catch(nullIfForbidden);
    if (renewed === null) return sender.close('foreign_token');
    const { expiresAt, expiresIn } = renewed;
    this.#expiry.renew(expiresAt);
    sender.send(encode({ type: 'authenticated', expires_in: expiresIn }));
  }
}

function nullIfForbidden(error: unknown): null {
  if (isRefusal(error, 'forbidden')) return null;
  throw error;
}
