import { setTimeout as delay } from 'node:timers/promises';
import type { UserId } from '../../core/domain/ids.js';
import type { EventPosition, LiveEvent } from '../../core/domain/live/live-event.js';
import type { EventHistory } from '../../core/ports/live/event-bus.js';
import { isReached, later, nowhere } from './event-place.js';
import { HistoryReader } from './history-reader.js';
import { type EncodedMessage, encode, encodeEvent } from './server-message.js';
import type { SocketSender } from './socket-sender.js';
import type { WsLimits } from './ws-limits.js';
import type { WsServices } from './ws-services.js';

export interface EventDeliveryOptions {
  readonly sender: SocketSender;
  readonly userId: UserId;
  readonly services: Pick<WsServices, 'deliverEvent' | 'replayEvents'>;
  readonly limits: Pick<WsLimits, 'resumeGraceMs' | 'resumePatienceMs'>;
}

/** The callbacks of one replay, besides sending events. */
interface Replay {
  /** Called when all events were sent, before any later one. */
  readonly atEnd: () => void;
  /** Called with the bytes of each message. */
  readonly charge: (bytes: number) => void;
}

const behindMs = 50;

/**
 * Sends one client the events of its user in order and without a gap, or notifies it of a gap. It keeps no events: those that arrive while
 * none may be sent are read from history afterwards.
 */
export class EventDelivery {
  readonly #options: EventDeliveryOptions;
  readonly #history: HistoryReader;
  /** `held` until the client has had time to resume, `reading` while missed events are sent. */
  #mode: 'held' | 'reading' | 'live';
  /** The last position that was sent to the client; null while it is unknown. */
  #place: EventPosition | null;
  readonly #heldUntil: number;
  #lastTurn: Promise<void> = Promise.resolve();
  #heldBytes = 0;

  /** `place` is the position in the client's welcome message. */
  constructor(options: EventDeliveryOptions, place: EventPosition | null, now: number) {
    this.#options = options;
    this.#history = new HistoryReader(options);
    this.#place = place;
    // where nothing was published yet, there is nothing to resume
    this.#mode = place === null || place.offset === 0 ? 'live' : 'held';
    this.#heldUntil = now + options.limits.resumeGraceMs;
  }

  /** Bytes that were read from history and are not sent yet. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  deliver(event: LiveEvent, message: EncodedMessage): void {
    const place = this.#place;
    if (this.#mode !== 'live' || place === null || event.epoch !== place.epoch || event.offset <= place.offset) return;
    if (event.offset !== place.offset + 1) {
      this.#catchUpSoon();
    } else {
      this.#options.sender.send(message);
      this.#place = { epoch: event.epoch, offset: event.offset };
    }
  }

  /** The events before `position` are lost for every client. While history is sent to this client, the read of history detects the loss. */
  tellLoss(position: EventPosition): void {
    if (this.#mode !== 'reading' && !isReached(position, this.#place)) this.#skipTo(position);
  }

  /** Call it at regular intervals. */
  tick(now: number): void {
    if (now >= this.#heldUntil) this.release();
  }

  /** The client does not resume: new events are sent to it. */
  release(): void {
    if (this.#mode === 'held') this.#catchUpSoon();
  }

  /** Sends the events after a position that the client remembers, and then whether they were complete. `charge` receives the bytes sent. */
  async resume(after: EventPosition, charge: (bytes: number) => void): Promise<void> {
    this.#mode = 'reading';
    await this.#inTurn(() => this.#resumeNow(after, charge));
  }

  async #resumeNow(after: EventPosition, charge: (bytes: number) => void): Promise<void> {
    const { sender } = this.#options;
    const told = this.#place;
    this.#mode = 'reading';
    const history = told === null ? null : await this.#history.readWithRetry(after);
    if (history?.kind === 'found') {
      this.#place = after;
      const atEnd = () => sender.send(encode({ type: 'resumed', recovered: true, offset: this.#place?.offset ?? 0 }));
      return this.#sendFrom(history, { atEnd, charge });
    }
    // the client refetches the state before this position
    const place = history === null ? (this.#processPlace() ?? told) : later(history.newest, this.#processPlace());
    this.#place = place;
    this.#mode = 'live';
    const epoch = place?.epoch === told?.epoch ? {} : { epoch: place?.epoch ?? '' };
    sender.send(encode({ type: 'resumed', recovered: false, ...epoch, offset: place?.offset ?? 0 }));
  }

  #catchUpSoon(): void {
    this.#mode = 'reading';
    this.#inTurn(() => this.#catchUp()).catch(() => this.#options.sender.close('internal_error'));
  }

  /** Sends the events since the last position. */
  async #catchUp(): Promise<void> {
    const place = this.#place;
    if (place === null || isReached(this.#processPlace(), place)) {
      this.#mode = 'live';
    } else {
      this.#mode = 'reading';
      await this.#sendFrom(await this.#history.read(place), { atEnd: () => {}, charge: () => {} });
    }
  }

  /** Reads page by page. The end is checked, sent and applied in one synchronous step, so that no event is lost in between. */
  async #sendFrom(first: EventHistory | null, { atEnd, charge }: Replay): Promise<void> {
    const { sender } = this.#options;
    for (let history = first; sender.isOpen; history = await this.#history.read(this.#place ?? nowhere)) {
      if (history === null) return sender.close('position_lost');
      if (history.kind === 'lost') return this.#skipTo(later(history.newest, this.#processPlace()));
      await this.#sendPage(history.events, charge);
      if (isReached(this.#processPlace(), this.#place)) {
        atEnd();
        this.#mode = 'live';
        return;
      }
      // this process will soon receive the events that history already has
      if (history.events.length === 0) await delay(behindMs);
    }
  }

  /** While this waits for the client, the connection holds the whole page. */
  async #sendPage(events: readonly LiveEvent[], charge: (bytes: number) => void): Promise<void> {
    this.#heldBytes = events.reduce((sum, { data }) => sum + 2 * data.length, 0);
    for (const event of events) {
      const message = encodeEvent(event);
      charge(Buffer.byteLength(message.text));
      await this.#options.sender.sendPaced(message);
      this.#place = { epoch: event.epoch, offset: event.offset };
    }
    this.#heldBytes = 0;
  }

  #skipTo(position: EventPosition): void {
    const { epoch, offset } = position;
    this.#place = position;
    this.#mode = 'live';
    this.#options.sender.send(encode({ type: 'resumed', recovered: false, epoch, offset }));
  }

  #processPlace(): EventPosition | null {
    return this.#options.services.deliverEvent.positionOf(this.#options.userId);
  }

  /** Only one read of history runs at a time. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => {});
    return turn;
  }
}
