import { RedisScript } from './redis-script.js';

/**
 * `place` is that of a user's stream (a hash), `history` the stream itself, whose ids are the offsets. ARGV[1]: a fresh epoch, ARGV[2]:
 * how long the place is kept. A server that was started anew, or that took another's place, may have lost the last events without a
 * trace: each run of a server has epochs of its own. A place that no process of this product wrote is begun anew as well.
 */
const findPlace = `
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or ''
local function wholeOf(text) return type(text) == 'string' and #text <= 12 and string.match(text, '^%d+$') and tonumber(text) or nil end
local function begin(place, history, newest)
  redis.call('DEL', place, history)
  redis.call('HSET', place, 'epoch', ARGV[1], 'run', run, 'offset', newest)
  redis.call('PEXPIRE', place, ARGV[2])
  return ARGV[1], newest, 0
end
local function find(place, history)
  local known = redis.pcall('HMGET', place, 'epoch', 'run', 'offset', 'bytes')
  local epoch, newest, bytes = known[1], wholeOf(known[3]), wholeOf(known[4]) or 0
  local isSound = epoch and #epoch <= 64 and string.find(epoch, '^[%x-]+$') and newest
  if not isSound or known[2] ~= run then return begin(place, history, 0) end
  redis.call('PEXPIRE', place, ARGV[2])
  return epoch, newest, bytes
end
`;

/**
 * ARGV: …, 3 to 5 the bounds of a history: events, age in ms, bytes. Events of the version before have no MAC and are not counted in
 * bytes. Where a history refuses the next id, or is longer than any process of this product leaves it, a new epoch begins.
 *
 * The first two keys are the index of all histories, where there is one: when each was appended to last (a sorted set), and its bytes (a
 * hash), both by channel.
 */
const appendTo = `${findPlace}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local maxEvents, maxAge, maxBytes = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local function sizeOf(fields)
  if #fields < 10 then return 0 end
  local size = 64
  for _, field in ipairs(fields) do size = size + #field end
  return size
end

local function add(history, newest, fields)
  local added = redis.pcall('XADD', history, newest .. '-0', unpack(fields))
  local length = type(added) == 'string' and redis.call('XLEN', history) or math.huge
  return length <= 2 * maxEvents + 16 and length or nil
end

local function trim(history, length, bytes)
  while length > 1 do
    local oldest = redis.call('XRANGE', history, '-', '+', 'COUNT', 1)[1]
    local kept = tonumber(oldest[2][2]) or 0
    if length <= maxEvents and bytes <= maxBytes and kept > now - maxAge then break end
    redis.call('XDEL', history, oldest[1])
    bytes = bytes - sizeOf(oldest[2])
    length = length - 1
  end
  return length, bytes
end

local function append(place, history, epoch, bytes, channel, at, name, data, mac)
  local newest = redis.call('HINCRBY', place, 'offset', 1)
  local fields = { 'kept', string.format('%.0f', now), 'at', at, 'name', name, 'data', data, 'mac', mac }
  local size = sizeOf(fields)
  local length = add(history, newest, fields)
  if not length then
    epoch, newest = begin(place, history, 1)
    length = add(history, newest, fields)
  end
  local left
  length, left = trim(history, length, bytes + size)
  bytes = length == 1 and size or math.max(size, left)
  redis.call('HSET', place, 'bytes', bytes)
  redis.call('PEXPIRE', history, maxAge)
  redis.call('PUBLISH', channel, table.concat({ epoch .. ' ' .. mac, newest, at, name, data }, '\\n'))
  return epoch, newest, bytes
end

local function enter(index, ...)
  local answer = redis.pcall(index[1], KEYS[index[2]], ...)
  if type(answer) ~= 'table' then return answer end
  redis.call('DEL', KEYS[index[2]])
  return redis.call(index[1], KEYS[index[2]], ...)
end

local function record(channel, bytes)
  enter({ 'HSET', 2 }, channel, bytes)
  if enter({ 'ZADD', 1 }, string.format('%.0f', now), channel) == 0 then return end
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
`;

/**
 * KEYS: the index, unless ARGV[6] is 0, then place and history of each event. ARGV: …, and for each event channel, instant, name, data,
 * MAC. Answers epoch, offset and bytes of the history for each.
 */
export const publishScript = new RedisScript({
  lua: `${appendTo}
local indexKeys = tonumber(ARGV[6])
local answer = {}
for number = 0, (#KEYS - indexKeys) / 2 - 1 do
  local place, history = KEYS[indexKeys + 2 * number + 1], KEYS[indexKeys + 2 * number + 2]
  local channel = ARGV[5 * number + 7]
  local epoch, _, before = find(place, history)
  local newest, bytes
  epoch, newest, bytes = append(place, history, epoch, before, unpack(ARGV, 5 * number + 7, 5 * number + 11))
  if indexKeys > 0 then record(channel, bytes) end
  answer[3 * number + 1], answer[3 * number + 2], answer[3 * number + 3] = epoch, newest, bytes
end
return answer
`,
});

/**
 * KEYS: as for one event. ARGV: …, 6 keys of the index, 7 channel, 8 instant, 9 name, 10 data, 11 MAC, 12 the state before ('' for
 * unknown), 13 the state now. Answers the bytes of the history, 0 where nothing was published.
 */
export const changeScript = new RedisScript({
  lua: `${appendTo}
local indexKeys = tonumber(ARGV[6])
local place, history = KEYS[indexKeys + 1], KEYS[indexKeys + 2]
local epoch, _, before = find(place, history)
local field = 'state:' .. ARGV[9]
local known = redis.call('HGET', place, field) or ARGV[12]
redis.call('HSET', place, field, ARGV[13])
if known == '' or known == ARGV[13] then return 0 end
local _, _, bytes = append(place, history, epoch, before, unpack(ARGV, 7, 11))
if indexKeys > 0 then record(ARGV[7], bytes) end
return bytes
`,
});

/** ARGV: …, 3 and 4 the place to read after, 5 how many. Answers: epoch, newest offset, found?, entries. */
export const readScript = new RedisScript({
  lua: `${findPlace}
local epoch, newest = find(KEYS[1], KEYS[2])
local offset = tonumber(ARGV[4])
if epoch ~= ARGV[3] or offset > newest then return { epoch, newest, 0, {} } end
if offset == newest then return { epoch, newest, 1, {} } end
local first = string.format('%.0f-0', offset + 1)
local entries = redis.pcall('XRANGE', KEYS[2], first, string.format('%.0f-0', newest), 'COUNT', ARGV[5])
if not entries[1] or entries[1][1] ~= first then return { epoch, newest, 0, {} } end
return { epoch, newest, 1, entries }
`,
});
