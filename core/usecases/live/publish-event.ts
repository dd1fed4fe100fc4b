import { AuthError } from '../../domain/auth-error.js';
import type { UserId } from '../../domain/ids.js';
import { type JsonText, jsonText } from '../../domain/json-text.js';
import { fitsEvent, isEventName, isReservedName } from '../../domain/live/live-event.js';
import type { Ports } from '../../ports/ports.js';

export interface PublishEventInput {
  /** One user, or all users that were connected within the last day. */
  readonly to: { readonly kind: 'user'; readonly userId: UserId } | { readonly kind: 'all' };
  readonly name: string;
  /** A value as `JSON.parse` returns it. */
  readonly data: unknown;
  /** A device publishes to the other devices of its user, and may not use an event name that is reserved for the server. */
  readonly by: 'server' | 'device';
}

export type PublishEventPorts = Pick<Ports, 'users' | 'clock' | 'eventBus'>;

/**
 * Publishes an event to the devices of one user or of all users, in every process, and keeps it for devices that reconnect soon. Returns
 * the number of users. Does not check whether the caller may publish to this user.
 * @throws AuthError `validation_failed`, `payload_too_large`, `forbidden` for a reserved event name from a device, `not_found` when the
 * server publishes to an account that does not exist, `dependency_unavailable`
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
