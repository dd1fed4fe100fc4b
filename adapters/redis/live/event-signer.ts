import type { UserId } from '../../../core/domain/ids.js';
import { type LiveEvent, maxEventBytes, type NewEvent } from '../../../core/domain/live/live-event.js';
import type { MessageGuard } from '../message-guard.js';

export interface EventSignerOptions {
  readonly guard: MessageGuard;
  /** How long an event is kept, in milliseconds. An older event that appears again is a copy. */
  readonly maxAgeMs: number;
}

/** Signs the events that this process publishes, and verifies those that it receives from Redis. */
export class EventSigner {
  readonly #options: EventSignerOptions;

  constructor(options: EventSignerOptions) {
    this.#options = options;
  }

  sign(event: NewEvent): string {
    return this.#options.guard.sign('event', signedText(event));
  }

  /** The position is not signed, since Redis assigns it after the signature. An event that does not verify is rejected. */
  verify(userId: UserId, event: LiveEvent, mac: string): boolean {
    const { guard, maxAgeMs } = this.#options;
    const isPossible = event.data.length <= maxEventBytes && guard.isTimely(event.at, maxAgeMs);
    if (isPossible && guard.isGenuine('event', signedText({ ...event, userId }), mac)) return true;
    guard.reject('event');
    return false;
  }
}

const signedText = ({ userId, at, name, data }: NewEvent): string => JSON.stringify([userId, at, name, data]);
