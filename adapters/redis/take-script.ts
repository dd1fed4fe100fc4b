import { RedisScript } from './redis-script.js';

/**
 * KEYS: the log of a subject (a list of the instants let through, newest left, in microseconds of the server's clock, all of the last
 * window), and a mark of the first refusal. ARGV: limit, window in seconds. Answers: let through?, how many more, seconds until the
 * oldest leaves, first refusal?
 *
 * One call adds one instant and removes what left the window: its cost does not depend on the limit.
 */
export const takeScript = new RedisScript({
  lua: `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local limit = tonumber(ARGV[1])
local window = ARGV[2] * 1000000

local oldest = redis.call('LINDEX', KEYS[1], -1)
for _ = 1, 1000 do
  if not oldest or tonumber(oldest) > now - window then break end
  redis.call('RPOP', KEYS[1])
  oldest = redis.call('LINDEX', KEYS[1], -1)
end

local count = redis.call('LLEN', KEYS[1])
local allowed, first = 0, 0
if count < limit then
  redis.call('LPUSH', KEYS[1], now)
  redis.call('PEXPIRE', KEYS[1], window / 1000)
  redis.call('DEL', KEYS[2])
  allowed = 1
  count = count + 1
elseif redis.call('SET', KEYS[2], 1, 'NX', 'PX', window / 1000) then
  first = 1
end

local leaves = (tonumber(oldest or now) + window - now) / 1000000
return { allowed, math.max(0, limit - count), math.max(1, math.ceil(leaves)), first }
`,
});
