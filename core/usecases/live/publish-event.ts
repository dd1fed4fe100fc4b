import { AuthError } from '../../domain/auth-error.js';
import type { UserId } from '../../domain/ids.js';
import { type JsonText, jsonText } from '../../domain/json-text.js';
import { fitsEvent, isEventName, isReservedName } from '../../domain/live/live-event.js';
import type { Ports } from '../../ports/ports.js';

export interface PublishEventInput {
  /** One user, or everyone who was connected within the last day. */
  readonly to: { readonly kind: 'user'; readonly userId: UserId } | { readonly kind: 'all' };
  readonly name: string;
  /** What `JSON.parse` gave. */
  readonly data: unknown;
  /** A device speaks to the other devices of its user, in no name that is the server's. */
  readonly by: 'server' | 'device';
}

export type PublishEventPorts = Pick<Ports, 'users' | 'clock' | 'eventBus'>;

/**
 * Tells something to the devices of a user, or of all, wherever they are connected, and keeps it for those that come back soon.
 * Answers to how many users. Does not check that the one who asks may speak to this user.
 * @throws AuthError `validation_failed`, `payload_too_large`, `forbidden` for a name of the server's from a device, `not_found` when
 * the server speaks to nobody's account, `dependency_unavailable`
 */
export class PublishEvent {
  readonly #ports: PublishEventPorts;

  constructor(ports: PublishEventPorts) {
    this.#ports = ports;
  }

  async execute({ to, name, data: value, by }: PublishEventInput): Promise<number> {
    const { eventBus, users, clock } = this.#ports;
    const data = parse(name, value);
    if (by === 'device' && isReservedName(name)) throw new AuthError('forbidden');
    const event = { name, data, at: clock.now() };
    if (to.kind === 'all') return eventBus.publishToAll(event);
    if (by === 'server' && (await users.find(to.userId)) === null) throw new AuthError('not_found');
    await eventBus.publish({ ...event, userId: to.userId });
    return 1;
  }
}

function parse(name: string, value: unknown): JsonText {
  const data = jsonText(value);
  const violations = [
    ...(isEventName(name) ? [] : [{ field: 'name', rule: 'up to 64 letters, digits, _ or -, with dots between them' }]),
    ...(data === null ? [{ field: 'data', rule: 'JSON, nested at most 32 deep' }] : []),
  ];
  if (data === null || violations.length > 0) throw new AuthError('validation_failed', { detail: { violations } });
  if (!fitsEvent(data)) throw new AuthError('payload_too_large');
  return data;
}
