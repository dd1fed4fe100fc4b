import { RedisScript } from '../redis-script.js';

/**
 * KEYS: the log of a subject (a list of the instants of allowed requests, newest at the left, in microseconds of the server's clock, all
 * within the last window), and a mark of the first refusal. ARGV: limit, window in seconds, number of requests from which there are pauses,
 * max pause in seconds. Returns: is allowed, remaining, seconds until there is more room, is first refusal.
 *
 * One call adds one instant and removes those that left the window: its cost does not depend on the limit. A log that no process of this
 * product wrote is replaced, so that it refuses its subject no longer than a genuine log: a log of another type, with an entry that is no
 * instant, or with one more than ten seconds in the future.
 */
export const takeScript = new RedisScript({
  lua: `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local limit = tonumber(ARGV[1])
local window = ARGV[2] * 1000000

local function at(index)
  local text = redis.pcall('LINDEX', KEYS[1], index)
  if not text then return nil end
  local instant = type(text) == 'string' and #text <= 17 and string.match(text, '^%d+$') and tonumber(text)
  if instant and instant <= now + 10000000 then return instant end
  redis.call('DEL', KEYS[1])
  return nil
end

at(0)
local oldest = at(-1)
for _ = 1, 1000 do
  if not oldest or oldest > now - window then break end
  redis.call('RPOP', KEYS[1])
  oldest = at(-1)
end

local count = redis.call('LLEN', KEYS[1])
local pausesFrom = tonumber(ARGV[3])
local function paused() return count >= pausesFrom and count < limit end
local function pause() return math.min(2 ^ (count - pausesFrom), tonumber(ARGV[4])) * 1000000 end
local opens = paused() and (at(0) or now) + pause() or now

local allowed, first = 0, 0
if count < limit and opens <= now then
  redis.call('LPUSH', KEYS[1], now)
  redis.call('PEXPIRE', KEYS[1], window / 1000)
  redis.call('DEL', KEYS[2])
  allowed = 1
  count = count + 1
  opens = paused() and now + pause() or now
elseif redis.call('SET', KEYS[2], 1, 'NX', 'PX', window / 1000) then
  first = 1
end

local room = opens > now and opens or (oldest or now) + window
local remaining = opens > now and 0 or math.max(0, limit - count)
return { allowed, remaining, math.max(1, math.ceil((room - now) / 1000000)), first }
`,
});
