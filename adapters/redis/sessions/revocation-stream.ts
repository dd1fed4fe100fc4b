import type { Revocation } from '../../../core/domain/sessions/session.js';
import type { MessageGuard } from '../message-guard.js';
import type { RedisClient } from '../redis-client.js';
import { RedisScript } from '../redis-script.js';
import { decodeRevocations, encodeRevocations } from './revocation-entry.js';

/** The position of a follower. */
export interface StreamPosition {
  /** Id and number of the last entry read. */
  readonly id: string;
  readonly number: number;
  /** Number of the last entry that is known to exist: greater when there are more to read. */
  readonly newest: number;
}

export interface StreamNews {
  readonly revocations: readonly Revocation[];
  /** The new position of the follower; null when an entry before it is missing. */
  readonly position: StreamPosition | null;
  /** Whether there were no more entries at the time of the read. */
  readonly isComplete: boolean;
}

/** The stream, and the number of its last entry: in one slot of a cluster. */
const streamKey = 'ma:revocations';
const numberKey = '{ma:revocations}:number';
const keys = [streamKey, numberKey];

const longestStream = 10_000;
const entriesPerRead = 100;

/**
 * Deletes data under the two keys that no process of this product wrote, so that it cannot block the stream: other types, a number that is
 * invalid or too large to be incremented, a last id that no id can follow. Followers detect this by the number.
 */
const begun = `
local function isSound(number) return type(number) == 'string' and #number <= 15 and string.find(number, '^%d+$') ~= nil end
if redis.pcall('EXISTS', KEYS[2]) == 1 and not isSound(redis.pcall('GET', KEYS[2])) then redis.call('DEL', KEYS[1], KEYS[2]) end
if redis.call('TYPE', KEYS[1]).ok ~= 'stream' then redis.call('DEL', KEYS[1]) end
`;

/** Entries are numbered without a gap: a follower sees when one is missing, also when the stream was emptied and started again. */
const appendScript = new RedisScript({
  lua: `${begun}
local function append()
  local number = redis.call('INCR', KEYS[2])
  return redis.pcall('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'number', number, 'revocations', ARGV[2], 'mac', ARGV[3])
end
local id = append()
if type(id) == 'table' then
  redis.call('DEL', KEYS[1], KEYS[2])
  id = append()
end
return id
`,
});

/** Sets a number where there is none, so that a later missing number shows that Redis was emptied. */
const endScript = new RedisScript({
  lua: `${begun}
redis.call('SET', KEYS[2], 1, 'NX')
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
return { newest[1] and newest[1][1] or '0-0', redis.call('GET', KEYS[2]) }
`,
});

export async function appendToStream(client: RedisClient, revocations: readonly Revocation[], guard: MessageGuard): Promise<void> {
  const text = encodeRevocations(revocations);
  await appendScript.run({ client, keys, args: [longestStream, text, guard.sign('revocation', text)] });
}

/** Returns the position before the next entry that is appended. */
export async function endOfStream(client: RedisClient): Promise<StreamPosition> {
  const answer = await endScript.run({ client, keys, args: [] });
  // a cast: the script returns two texts
  const [id, number] = answer as readonly [string, string];
  return { id, number: Number(number), newest: Number(number) };
}

/** Waits for entries for at most `blockMs`. */
export async function readStream(client: RedisClient, from: StreamPosition, blockMs: number, guard: MessageGuard): Promise<StreamNews> {
  const [reply, number] = await Promise.all([
    client.xread('COUNT', entriesPerRead, 'BLOCK', blockMs, 'STREAMS', streamKey, from.id),
    client.get(numberKey),
  ]);
  const entries = reply?.[0]?.[1] ?? [];
  const newest = Number(number ?? 0);
  if (entries.length > 0) return newsOf(entries, from, newest, guard);
  // Entries that were announced and are missing were deleted; so was a number that decreased. A number that is invalid is repaired by a
  // read of the end.
  const isGone = !(newest >= from.number) || from.newest > from.number;
  return { revocations: [], position: isGone ? null : { ...from, newest }, isComplete: newest === from.number };
}

type Entry = readonly [id: string, fields: readonly string[]];

/** A rejected entry counts with its number: if it was genuine, the database has the revocations that it announced. */
function newsOf(entries: readonly Entry[], from: StreamPosition, newest: number, guard: MessageGuard): StreamNews {
  const revocations: Revocation[] = [];
  let { id, number } = from;
  for (const [nextId, [, nextNumber, , text = '', , mac = '']] of entries) {
    revocations.push(...decodeRevocations(text, mac, guard));
    if (Number(nextNumber) !== number + 1) return { revocations, position: null, isComplete: false };
    id = nextId;
    number += 1;
  }
  return { revocations, position: { id, number, newest }, isComplete: entries.length < entriesPerRead };
}
