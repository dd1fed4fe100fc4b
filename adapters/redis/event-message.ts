import { type UserId, userId } from '../../core/domain/ids.js';
import type { JsonText } from '../../core/domain/json-text.js';
import type { LiveEvent } from '../../core/domain/live-event.js';

const prefix = 'ma:events:';

/** Where the events of a user are told: one channel each, so that a process hears of those alone whom it asked for. */
export const channelOf = (id: UserId): string => `${prefix}${id}`;

export const userOf = (channel: string): UserId => userId(channel.slice(prefix.length));

/** Epoch, offset, instant, name and data, one on each line; null for what no process of ours wrote. */
export function parseMessage(text: string): LiveEvent | null {
  const [epoch, offset, at, name, data, ...rest] = text.split('\n');
  if (epoch === undefined || name === undefined || data === undefined || rest.length > 0) return null;
  // a cast: `data` was such a text when it was published
  return { epoch, offset: Number(offset), at: Number(at), name, data: data as JsonText };
}
