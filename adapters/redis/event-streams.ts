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
 * `place` is that of a user's stream (a hash), `history` the stream itself, whose ids are the offsets. ARGV[1]: a fresh epoch, ARGV[2]:
 * how long the place is kept. A server that was started anew, or that took another's place, may have lost the last events without a
 * trace: each run of a server has epochs of its own.
 */
const findPlace = `
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or ''
local function find(place, history)
  local known = redis.call('HMGET', place, 'epoch', 'run', 'offset')
  local epoch, newest = known[1], tonumber(known[3])
  if not epoch or known[2] ~= run then
    redis.call('DEL', place, history)
    epoch, newest = ARGV[1], 0
    redis.call('HSET', place, 'epoch', epoch, 'run', run, 'offset', 0)
  end
  redis.call('PEXPIRE', place, ARGV[2])
  return epoch, newest
end
`;

/** ARGV: …, 3 longest history, 4 its age in ms. Old events are let go at every sixteenth: looking at each would cost more than they. */
const appendTo = `${findPlace}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function append(place, history, epoch, channel, at, name, data)
  local newest = redis.call('HINCRBY', place, 'offset', 1)
  if newest % 16 == 0 then
    for _, old in ipairs(redis.call('XRANGE', history, '-', '+', 'COUNT', 32)) do
      if tonumber(old[2][2]) > now - ARGV[4] then break end
      redis.call('XDEL', history, old[1])
    end
  end
  redis.call('XADD', history, 'MAXLEN', ARGV[3], newest .. '-0', 'kept', string.format('%.0f', now), 'at', at, 'name', name, 'data', data)
  redis.call('PEXPIRE', history, ARGV[4])
  redis.call('PUBLISH', channel, table.concat({ epoch, newest, at, name, data }, '\\n'))
  return newest
end
`;

/** KEYS: place and history of each event. ARGV: …, and for each event channel, instant, name, data. Answers epoch and offset of each. */
const publishScript = new RedisScript({
  lua: `${appendTo}
local answer = {}
for number = 0, #KEYS / 2 - 1 do
  local place, history = KEYS[2 * number + 1], KEYS[2 * number + 2]
  local epoch = find(place, history)
  answer[2 * number + 1] = epoch
  answer[2 * number + 2] = append(place, history, epoch, unpack(ARGV, 4 * number + 5, 4 * number + 8))
end
return answer
`,
});

/** ARGV: …, 5 channel, 6 instant, 7 name, 8 data, 9 the state before ('' for unknown), 10 the state now. Answers whether it was told. */
const changeScript = new RedisScript({
  lua: `${appendTo}
local epoch = find(KEYS[1], KEYS[2])
local field = 'state:' .. ARGV[7]
local before = redis.call('HGET', KEYS[1], field) or ARGV[9]
redis.call('HSET', KEYS[1], field, ARGV[10])
if before == '' or before == ARGV[10] then return 0 end
append(KEYS[1], KEYS[2], epoch, unpack(ARGV, 5, 8))
return 1
`,
});

/** ARGV: …, 3 and 4 the place to read after, 5 how many. Answers: epoch, newest offset, found?, entries. */
const readScript = new RedisScript({
  lua: `${findPlace}
local epoch, newest = find(KEYS[1], KEYS[2])
local offset = tonumber(ARGV[4])
if epoch ~= ARGV[3] or offset > newest then return { epoch, newest, 0, {} } end
if offset == newest then return { epoch, newest, 1, {} } end
local first = string.format('%.0f-0', offset + 1)
local entries = redis.call('XRANGE', KEYS[2], first, '+', 'COUNT', ARGV[5])
if not entries[1] or entries[1][1] ~= first then return { epoch, newest, 0, {} } end
return { epoch, newest, 1, entries }
`,
});

export interface EventStreamsOptions {
  readonly client: RedisClient;
  readonly history: HistoryBounds;
}

/** For each user his place and his history in Redis, and a channel that tells what is new. Calls throw `dependency_unavailable`. */
export class EventStreams {
  readonly #options: EventStreamsOptions;
  readonly #process = randomBytes(8).toString('hex');
  #calls = 0;

  constructor(options: EventStreamsOptions) {
    this.#options = options;
  }

  /** One atomic step. Of several users in a cluster, events are in different slots: there each call has those of one. */
  async append(events: readonly NewEvent[]): Promise<readonly EventPosition[]> {
    const keys = events.flatMap(({ userId }) => keysOf(userId));
    const answer = await this.#run(publishScript, keys, [...this.#bounds(), ...events.flatMap(fieldsOf)]);
    // a cast: the script answers an epoch and an offset for each
    const flat = answer as readonly (string | number)[];
    return events.map((_, number) => ({ epoch: String(flat[2 * number]), offset: Number(flat[2 * number + 1]) }));
  }

  /** Answers whether it was told. */
  async appendChange(
    event: NewEvent,
    { previous, current }: { readonly previous: string | null; readonly current: string },
  ): Promise<boolean> {
    const args = [...this.#bounds(), ...fieldsOf(event), previous ?? '', current];
    return (await this.#run(changeScript, keysOf(event.userId), args)) === 1;
  }

  /** Begins the stream of a user who has none. */
  async readAfter(userId: UserId, after: EventPosition, limit: number): Promise<EventHistory> {
    const answer = await this.#run(readScript, keysOf(userId), [after.epoch, after.offset, limit]);
    // a cast: the script answers an epoch, an offset, 1 or 0, and entries of the stream
    const [epoch, offset, found, entries] = answer as readonly [string, number, number, readonly StreamEntry[]];
    const newest = { epoch, offset };
    return found === 1 ? { kind: 'found', events: entries.map((entry) => eventOf(entry, epoch)), newest } : { kind: 'lost', newest };
  }

  #bounds(): readonly number[] {
    return [this.#options.history.events, this.#options.history.ageMs];
  }

  async #run(script: RedisScript, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    this.#calls += 1;
    const freshEpoch = `${this.#process}-${this.#calls}`;
    try {
      return await script.run({ client: this.#options.client, keys, args: [freshEpoch, keepMs, ...args] });
    } catch (cause) {
      throw new AuthError('dependency_unavailable', { cause, retryAfterSeconds: 1 });
    }
  }
}

type StreamEntry = readonly [id: string, fields: readonly string[]];

function eventOf([id, [, , , at, , name = '', , data]]: StreamEntry, epoch: string): LiveEvent {
  // a cast: `data` was such a text when it was published
  return { epoch, offset: Number.parseInt(id, 10), name, data: (data ?? 'null') as JsonText, at: Number(at) };
}

const fieldsOf = ({ userId, at, name, data }: NewEvent): readonly (string | number)[] => [channelOf(userId), at, name, data];

/** The braces put both keys of a user in one slot of a cluster. */
const keysOf = (userId: UserId): readonly string[] => [`ma:events:{${userId}}:place`, `ma:events:{${userId}}:history`];
