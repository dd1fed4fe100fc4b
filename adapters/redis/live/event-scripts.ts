import { RedisScript } from '../redis-script.js';

/**
 * `place` is the key of the position of a user's stream (a hash), `history` the stream itself, whose ids are the offsets. ARGV[1]: a new
 * epoch, ARGV[2]: how long the position is kept. A server that was restarted, or that replaced another one, may have lost the last events
 * without a trace: so each run of a server has its own epochs. A position that no process of this product wrote is replaced as well.
 */
const findPlace = `
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or ''
local function wholeOf(text) return type(text) == 'string' and #text <= 13 and string.match(text, '^%d+$') and tonumber(text) or nil end

local function begin(place, history)
  redis.call('DEL', place, history)
  redis.call('HSET', place, 'epoch', ARGV[1], 'run', run, 'offset', 0)
  return { epoch = ARGV[1], newest = 0, sum = 0, trimmedAt = 0, trimmedSum = 0 }
end

local function find(place, history)
  local known = redis.pcall('HMGET', place, 'epoch', 'run', 'offset', 'sum', 'trimmed_at', 'trimmed_sum')
  local epoch, newest = known[1], wholeOf(known[3])
  local isSound = epoch and #epoch <= 64 and string.find(epoch, '^[%x-]+$') and newest and known[2] == run
  local found = isSound and { epoch = epoch, newest = newest, sum = wholeOf(known[4]) or 0,
    trimmedAt = wholeOf(known[5]) or 0, trimmedSum = wholeOf(known[6]) or 0 } or begin(place, history)
  redis.call('PEXPIRE', place, ARGV[2])
  return found
end
`;

/**
 * ARGV: …, 3 to 5 are the limits of a history: events, age in ms, bytes. An entry stores how many bytes of the epoch came before it, so
 * that the oldest entry shows the bytes of all. An entry of the previous version has no such number, and no MAC. Where a history rejects
 * the next id, a new epoch begins.
 *
 * The first two keys are the index of all histories, where there is one: the time of the last event of each (a sorted set), and its bytes
 * (a hash), both by channel. To trim a history by age and bytes, and to record it, costs as much as to append: that is done for the first
 * event of a second, and whenever 4 KiB have been added since.
 */
const appendTo = `${findPlace}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local maxEvents, maxAge, maxBytes, indexKeys = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

local function trim(history, newestId, sum, size)
  while true do
    local oldest = redis.call('XRANGE', history, '-', '+', 'COUNT', 1)[1]
    local kept, before = tonumber(oldest[2][2]) or 0, wholeOf(oldest[2][12])
    local bytes = before and sum - before or size
    if oldest[1] == newestId or (kept > now - maxAge and bytes >= size and bytes <= maxBytes) then return bytes end
    redis.call('XDEL', history, oldest[1])
  end
end

local function index(number, command, ...)
  local answer = redis.pcall(command, KEYS[number], ...)
  if type(answer) == 'table' then
    redis.call('DEL', KEYS[number])
    redis.call(command, KEYS[number], ...)
  end
  redis.call('PEXPIRE', KEYS[number], ARGV[2])
end

local function append(place, history, found, channel, at, name, data, mac)
  local size = 80 + #at + #name + #data + #mac
  local function add()
    return redis.pcall('XADD', history, 'MAXLEN', maxEvents, (found.newest + 1) .. '-0',
      'kept', string.format('%.0f', now), 'at', at, 'name', name, 'data', data, 'mac', mac, 'before', string.format('%.0f', found.sum))
  end
  local id = add()
  if type(id) == 'table' then
    found = begin(place, history)
    redis.call('PEXPIRE', place, ARGV[2])
    id = add()
  end
  local newest, sum, bytes = found.newest + 1, found.sum + size, -1
  if math.abs(now - found.trimmedAt) > math.min(1000, maxAge / 8) or math.abs(sum - found.trimmedSum) > 4096 then
    bytes = trim(history, id, sum, size)
    if indexKeys > 0 then
      index(1, 'ZADD', now, channel)
      index(2, 'HSET', channel, bytes)
    end
    redis.call('HSET', place, 'offset', newest, 'sum', sum, 'trimmed_at', now, 'trimmed_sum', sum)
  else
    redis.call('HSET', place, 'offset', newest, 'sum', sum)
  end
  redis.call('PEXPIRE', history, maxAge)
  redis.call('PUBLISH', channel, table.concat({ found.epoch .. ' ' .. mac, newest, at, name, data }, '\\n'))
  return found.epoch, newest, bytes
end
`;

/**
 * KEYS: the index, unless ARGV[6] is 0, then position and history of each event. ARGV: …, and for each event channel, instant, name, data,
 * MAC. Returns for each event its epoch, its offset and the bytes of the history (-1 where they were not computed).
 */
export const publishScript = new RedisScript({
  lua: `${appendTo}
local answer = {}
for number = 0, (#KEYS - indexKeys) / 2 - 1 do
  local place, history = KEYS[indexKeys + 2 * number + 1], KEYS[indexKeys + 2 * number + 2]
  local epoch, newest, bytes = append(place, history, find(place, history), unpack(ARGV, 5 * number + 7, 5 * number + 11))
  answer[3 * number + 1], answer[3 * number + 2], answer[3 * number + 3] = epoch, newest, bytes
end
return answer
`,
});

/**
 * KEYS: as for one event. ARGV: …, 7 channel, 8 instant, 9 name, 10 data, 11 MAC, 12 the previous state ('' for unknown), 13 the current
 * state. Returns the same as for one event, or nothing where nothing was published.
 */
export const changeScript = new RedisScript({
  lua: `${appendTo}
local place, history = KEYS[indexKeys + 1], KEYS[indexKeys + 2]
local found = find(place, history)
local field = 'state:' .. ARGV[9]
local known = redis.call('HGET', place, field) or ARGV[12]
redis.call('HSET', place, field, ARGV[13])
if known == '' or known == ARGV[13] then return {} end
return { append(place, history, found, unpack(ARGV, 7, 11)) }
`,
});

/** ARGV: …, 3 and 4 the position to read after, 5 the limit. Returns: epoch, newest offset, is found, entries. */
export const readScript = new RedisScript({
  lua: `${findPlace}
local found = find(KEYS[1], KEYS[2])
local epoch, newest = found.epoch, found.newest
local offset = tonumber(ARGV[4])
if epoch ~= ARGV[3] or offset > newest then return { epoch, newest, 0, {} } end
if offset == newest then return { epoch, newest, 1, {} } end
local first = string.format('%.0f-0', offset + 1)
local entries = redis.pcall('XRANGE', KEYS[2], first, string.format('%.0f-0', newest), 'COUNT', ARGV[5])
if not entries[1] or entries[1][1] ~= first then return { epoch, newest, 0, {} } end
return { epoch, newest, 1, entries }
`,
});
