import { type UserId, userId } from '../../../core/domain/ids.js';
import type { JsonText } from '../../../core/domain/json-text.js';
import type { LiveEvent } from '../../../core/domain/live/live-event.js';

const prefix = 'ma:events:';

/** The channel of a user's events. Each user has one, so that a process subscribes only to its own users. */
export const channelOf = (id: UserId): string => `${prefix}${id}`;

export const userOf = (channel: string): UserId => userId(channel.slice(prefix.length));

/** Parses epoch and MAC, offset, instant, name and data, one on each line. Any other text becomes an event that does not verify. */
export function parseMessage(text: string): { readonly event: LiveEvent; readonly mac: string } {
  const [place = '', offset, at, name = '', data = '', ...rest] = text.split('\n', 6);
  const [epoch = '', mac = ''] = place.split(' ', 2);
  // a cast: where the MAC verifies, `data` was JSON text when it was published
  const event = { epoch, offset: Number(offset), at: Number(at), name, data: data as JsonText };
  return { event, mac: rest.length === 0 && Number.isSafeInteger(event.offset) ? mac : '' };
}
