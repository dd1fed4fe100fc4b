import { AuthError, isRefusal } from '../../core/domain/auth-error.js';
import type { ErrorCode } from '../../core/domain/error-code.js';
import type { SessionId, UserId } from '../../core/domain/ids.js';
import { type Instant, secondsUntil } from '../../core/domain/instant.js';
import { jsonText } from '../../core/domain/json-text.js';
import type { EventPosition, LiveEvent } from '../../core/domain/live/live-event.js';
import type { Admission } from '../../core/usecases/live/admit-connection.js';
import type { CloseName } from './close-causes.js';
import type { ConnectionParts } from './connection-parts.js';
import type { AdmittedConnection } from './connection-registry.js';
import { errorDetail } from './error-details.js';
import { EventDelivery } from './event-delivery.js';
import { expiryNoticeAt } from './expiry-notice.js';
import type { ClientMessage } from './parse-message.js';
import { type EncodedMessage, encode } from './server-message.js';
import type { SocketSender } from './socket-sender.js';

export interface AdmittedClientOptions extends Pick<ConnectionParts, 'services' | 'limits' | 'registry' | 'traffic'> {
  readonly line: SocketSender;
  readonly admission: Admission;
}

/** The refusals of a message after which the client may go on: they say nothing against who it is. */
const bearable: ReadonlySet<ErrorCode> = new Set([
  'forbidden',
  'validation_failed',
  'payload_too_large',
  'rate_limited',
  'overloaded',
  'dependency_unavailable',
]);

/** What is not answered at once. */
type LongMessage = Exclude<ClientMessage, { readonly type: 'ping' }>;

/** Of the messages besides `send`, in bytes: an `auth` of 8,192 characters, with room for another way of writing them. */
const longestOfOthers = 16 * 1024;

const pong = encode({ type: 'pong' });

/** A client that has shown who it is. */
export class AdmittedClient implements AdmittedConnection {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly #options: AdmittedClientOptions;
  readonly #outlet: EventDelivery;
  #expiresAt: Instant;
  /** When the end of the token is to be announced. */
  #noticeAt: Instant;
  #hasResumed = false;

  /** Welcomes the client. */
  constructor(options: AdmittedClientOptions) {
    const { services, limits, line, admission } = options;
    const { userId, sessionId, expiresAt, expiresIn } = admission;
    this.#options = options;
    this.userId = userId;
    this.sessionId = sessionId;
    this.#expiresAt = expiresAt;
    this.#noticeAt = expiryNoticeAt(expiresAt, services.random, limits);
    const place = services.deliverEvent.positionOf(userId);
    this.#outlet = new EventDelivery({ line, userId, services, limits }, place, performance.now());
    const { epoch, offset } = place ?? { epoch: '', offset: 0 };
    const ping_interval = limits.pingIntervalMs / 1000;
    line.send(encode({ type: 'welcome', user_id: userId, session_id: sessionId, expires_in: expiresIn, ping_interval, epoch, offset }));
  }

  get heldBytes(): number {
    return this.#outlet.heldBytes;
  }

  deliver(event: LiveEvent, message: EncodedMessage): void {
    this.#outlet.deliver(event, message);
  }

  tellLoss(position: EventPosition): void {
    this.#outlet.tellLoss(position);
  }

  close(name: CloseName): void {
    this.#options.line.close(name);
  }

  /** To be called now and then. */
  tick(now: number): void {
    const { line, services } = this.#options;
    this.#outlet.tick(now);
    const instant = services.clock.now();
    if (instant >= this.#expiresAt) {
      line.close('token_expired');
    } else if (instant >= this.#noticeAt) {
      this.#noticeAt = Number.POSITIVE_INFINITY;
      line.send(encode({ type: 'token_expiring', expires_in: secondsUntil(this.#expiresAt, instant) }));
    }
  }

  pong(): void {
    this.#outlet.release();
    this.#options.line.send(pong);
  }

  /** Charges what a message costs, whatever it is; false when the client ignored `rate_limited` for more than `trafficDebt`. */
  charge(bytes: number): boolean {
    return this.#options.traffic.charge(this.userId, bytes, performance.now());
  }

  /**
   * Refuses a long message while nothing is left, and answers whether it did. Reading it would take up to six times its size of memory for
   * the one answer there can be: no message but `send` is so long.
   */
  refuseUnread(bytes: number): boolean {
    if (bytes <= longestOfOthers) return false;
    const { traffic, services } = this.#options;
    const waitMs = traffic.waitMs(this.userId, performance.now());
    if (waitMs === 0) return false;
    services.metrics.messageReceived('send');
    this.#outlet.release();
    this.#tell(tooMuchTraffic(waitMs));
    return true;
  }

  /** `bytes` is the size of the message. Rejects with a refusal that ends the connection. */
  async handle(message: LongMessage, bytes: number): Promise<void> {
    if (message.type !== 'resume') this.#outlet.release();
    try {
      await this.#answer(message, bytes);
    } catch (error) {
      if (!(error instanceof AuthError) || !bearable.has(error.code)) throw error;
      this.#tell(error);
    }
  }

  #tell({ code, retryAfterSeconds }: AuthError): void {
    const retry = code === 'rate_limited' && retryAfterSeconds !== null ? { retry_ms: retryAfterSeconds * 1000 } : {};
    this.#options.line.send(encode({ type: 'error', code, detail: errorDetail(code), ...retry }));
  }

  async #answer(message: LongMessage, bytes: number): Promise<void> {
    const { services } = this.#options;
    switch (message.type) {
      case 'auth':
        return await this.#renew(message.token);
      case 'resume':
        return await this.#resume(message);
      case 'send':
        this.#spend(this.#costOf(message.data) - bytes);
        await services.publishEvent.execute({
          to: { kind: 'user', userId: this.userId },
          name: message.name,
          data: message.data,
          by: 'device',
        });
    }
  }

  /** The first of a connection is refused only to a client that goes on long after it was told to stop: it is what one does that comes back. */
  async #resume(after: EventPosition): Promise<void> {
    if (this.#hasResumed) this.#spend(0);
    this.#hasResumed = true;
    await this.#outlet.resume(after, (bytes) => void this.charge(bytes));
  }

  /** What is sent for an event to the sockets of this process. Numbers can be longer than the client wrote them: `1e20`. */
  #costOf(data: unknown): number {
    return Buffer.byteLength(jsonText(data) ?? '') * this.#options.registry.countOf(this.userId);
  }

  /** Besides what the message was charged for already. */
  #spend(bytes: number): void {
    const { traffic } = this.#options;
    const now = performance.now();
    if (traffic.spend(this.userId, Math.max(0, bytes), now)) return;
    throw tooMuchTraffic(traffic.waitMs(this.userId, now));
  }

  async #renew(token: string): Promise<void> {
    const { line, limits, services } = this.#options;
    const { userId, sessionId } = this;
    const renewed = await services.renewConnection.execute({ userId, sessionId, token }).catch(nullIfForbidden);
    if (renewed === null) return line.close('foreign_token');
    const { expiresAt, expiresIn } = renewed;
    this.#expiresAt = expiresAt;
    this.#noticeAt = expiryNoticeAt(expiresAt, services.random, limits);
    line.send(encode({ type: 'authenticated', expires_in: expiresIn }));
  }
}

const tooMuchTraffic = (waitMs: number): AuthError => new AuthError('rate_limited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });

function nullIfForbidden(error: unknown): null {
  if (isRefusal(error, 'forbidden')) return null;
  throw error;
}
