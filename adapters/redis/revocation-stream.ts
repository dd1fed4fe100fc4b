import type { Revocation } from '../../core/domain/session.js';
import type { RedisClient } from './redis-client.js';
import { RedisScript } from './redis-script.js';
import { decodeRevocations, encodeRevocations } from './revocation-entry.js';

/** Where a follower stands. */
export interface StreamPosition {
  /** Id and number of the last entry seen. */
  readonly id: string;
  readonly number: number;
  /** Number of the last entry that is known to exist: greater when there is more to read. */
  readonly newest: number;
}

export interface StreamNews {
  readonly revocations: readonly Revocation[];
  /** Where the follower stands now; null when something before it is missing or cannot be read. */
  readonly position: StreamPosition | null;
  /** Whether there was nothing more when it was read. */
  readonly isComplete: boolean;
}

/** The stream, and the number of its last entry: in one slot of a cluster. */
const streamKey = 'ma:revocations';
const numberKey = '{ma:revocations}:number';
const keys = [streamKey, numberKey];

const longestStream = 10_000;
const entriesPerRead = 100;

/** Entries are numbered without a gap: a follower sees when one is missing, also when the stream was emptied and began anew. */
const appendScript = new RedisScript({
  lua: `
local number = redis.call('INCR', KEYS[2])
return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'number', number, 'revocations', ARGV[2])
`,
});

/** Sets a number where there is none, so that a number that is gone later tells that Redis was emptied. */
const endScript = new RedisScript({
  lua: `
redis.call('SET', KEYS[2], 1, 'NX')
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
return { newest[1] and newest[1][1] or '0-0', redis.call('GET', KEYS[2]) }
`,
});

export async function appendToStream(client: RedisClient, revocations: readonly Revocation[]): Promise<void> {
  await appendScript.run({ client, keys, args: [longestStream, encodeRevocations(revocations)] });
}

/** What is appended from now on comes after it. */
export async function endOfStream(client: RedisClient): Promise<StreamPosition> {
  const answer = await endScript.run({ client, keys, args: [] });
  // a cast: the script answers two texts
  const [id, number] = answer as readonly [string, string];
  return { id, number: Number(number), newest: Number(number) };
}

/** Waits for news at most `blockMs`. */
export async function readStream(client: RedisClient, from: StreamPosition, blockMs: number): Promise<StreamNews> {
  const [reply, number] = await Promise.all([
    client.xread('COUNT', entriesPerRead, 'BLOCK', blockMs, 'STREAMS', streamKey, from.id),
    client.get(numberKey),
  ]);
  const entries = reply?.[0]?.[1] ?? [];
  const newest = Number(number ?? 0);
  if (entries.length > 0) return newsOf(entries, from, newest);
  // What was promised and is not there was deleted, and so was a number that went down.
  const isGone = newest < from.number || from.newest > from.number;
  return { revocations: [], position: isGone ? null : { ...from, newest }, isComplete: newest === from.number };
}

type Entry = readonly [id: string, fields: readonly string[]];

function newsOf(entries: readonly Entry[], from: StreamPosition, newest: number): StreamNews {
  const revocations: Revocation[] = [];
  let { id, number } = from;
  try {
    for (const [nextId, [, nextNumber, , text = '']] of entries) {
      revocations.push(...decodeRevocations(text));
      if (Number(nextNumber) !== number + 1) return { revocations, position: null, isComplete: false };
      id = nextId;
      number += 1;
    }
  } catch {
    return { revocations, position: null, isComplete: false };
  }
  return { revocations, position: { id, number, newest }, isComplete: entries.length < entriesPerRead };
}
