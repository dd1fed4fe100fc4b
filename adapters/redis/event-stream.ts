import { randomBytes } from 'node:crypto';
import { AuthError } from '../../core/domain/auth-error.js';
import type { UserId } from '../../core/domain/ids.js';
import type { JsonText } from '../../core/domain/json-text.js';
import type { EventPosition, HistoryBounds, LiveEvent, NewEvent } from '../../core/domain/live-event.js';
import type { EventHistory } from '../../core/ports/event-bus.js';
import { channelOf } from './event-message.js';
import type { RedisClient } from './redis-client.js';
import { RedisScript } from './redis-script.js';

/** A place is remembered for a day after it was last of use. */
export const keepMs = 86_400_000;

/**
 * KEYS: the place of a user's stream (a hash), its history (a stream whose ids are the offsets). ARGV[1]: a fresh epoch, ARGV[2]: how
 * long the place is kept. A server that was started anew, or that took another's place, may have lost the last events without a trace:
 * each run of a server has epochs of its own.
 */
const findPlace = `
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or ''
local place = redis.call('HMGET', KEYS[1], 'epoch', 'run', 'offset')
local epoch, newest = place[1], tonumber(place[3])
if not epoch or place[2] ~= run then
  redis.call('DEL', KEYS[1], KEYS[2])
  epoch, newest = ARGV[1], 0
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'run', run, 'offset', 0)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/**
 * ARGV: …, 3 channel, 4 longest history, 5 its age in ms, 6 instant, 7 name, 8 data; and for an event that tells of a state: 9 the
 * state before ('' for unknown), 10 the state now. Old events are let go at every sixteenth: looking at each would cost more than they.
 */
const publishScript = new RedisScript({
  lua: `${findPlace}
if ARGV[10] then
  local field = 'state:' .. ARGV[7]
  local before = redis.call('HGET', KEYS[1], field) or ARGV[9]
  redis.call('HSET', KEYS[1], field, ARGV[10])
  if before == '' or before == ARGV[10] then return { epoch, newest, 0 } end
end
newest = redis.call('HINCRBY', KEYS[1], 'offset', 1)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if newest % 16 == 0 then
  for _, old in ipairs(redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 32)) do
    if tonumber(old[2][2]) > now - ARGV[5] then break end
    redis.call('XDEL', KEYS[2], old[1])
  end
end
redis.call('XADD', KEYS[2], 'MAXLEN', ARGV[4], newest .. '-0', 'kept', string.format('%.0f', now), 'at', ARGV[6], 'name', ARGV[7], 'data', ARGV[8])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
redis.call('PUBLISH', ARGV[3], table.concat({ epoch, newest, ARGV[6], ARGV[7], ARGV[8] }, '\\n'))
return { epoch, newest, 1 }
`,
});

/** ARGV: …, 3 and 4 the place to read after, 5 how many. Answers: epoch, newest offset, found?, entries. */
const readScript = new RedisScript({
  lua: `${findPlace}
local offset = tonumber(ARGV[4])
if epoch ~= ARGV[3] or offset > newest then return { epoch, newest, 0, {} } end
if offset == newest then return { epoch, newest, 1, {} } end
local first = string.format('%.0f-0', offset + 1)
local entries = redis.call('XRANGE', KEYS[2], first, '+', 'COUNT', ARGV[5])
if not entries[1] or entries[1][1] ~= first then return { epoch, newest, 0, {} } end
return { epoch, newest, 1, entries }
`,
});

export async function appendEvent(
  client: RedisClient,
  { userId, name, data, at }: NewEvent,
  { events, ageMs }: HistoryBounds,
  states?: { readonly previous: string | null; readonly current: string },
): Promise<{ readonly position: EventPosition; readonly isTold: boolean }> {
  const change = states === undefined ? [] : [states.previous ?? '', states.current];
  const args = [freshEpoch(), keepMs, channelOf(userId), events, ageMs, at, name, data, ...change];
  const answer = await reached(publishScript.run({ client, keys: keysOf(userId), args }));
  // a cast: the script answers an epoch, an offset, and 1 or 0
  const [epoch, offset, told] = answer as readonly [string, number, number];
  return { position: { epoch, offset }, isTold: told === 1 };
}

/** Begins the stream of a user who has none. */
export async function readEvents(client: RedisClient, userId: UserId, after: EventPosition, limit: number): Promise<EventHistory> {
  const args = [freshEpoch(), keepMs, after.epoch, after.offset, limit];
  const answer = await reached(readScript.run({ client, keys: keysOf(userId), args }));
  // a cast: the script answers an epoch, an offset, 1 or 0, and entries of the stream
  const [epoch, offset, found, entries] = answer as readonly [string, number, number, readonly StreamEntry[]];
  const newest = { epoch, offset };
  return found === 1 ? { kind: 'found', events: entries.map((entry) => eventOf(entry, epoch)), newest } : { kind: 'lost', newest };
}

type StreamEntry = readonly [id: string, fields: readonly string[]];

function eventOf([id, [, , , at, , name = '', , data]]: StreamEntry, epoch: string): LiveEvent {
  // a cast: `data` was such a text when it was published
  return { epoch, offset: Number.parseInt(id, 10), name, data: (data ?? 'null') as JsonText, at: Number(at) };
}

const freshEpoch = (): string => randomBytes(8).toString('hex');

/** The braces put both keys of a user in one slot of a cluster. */
const keysOf = (userId: UserId): readonly string[] => [`ma:events:{${userId}}:place`, `ma:events:{${userId}}:history`];

async function reached<Answer>(command: Promise<Answer>): Promise<Answer> {
  try {
    return await command;
  } catch (cause) {
    throw new AuthError('dependency_unavailable', { cause, retryAfterSeconds: 1 });
  }
}
