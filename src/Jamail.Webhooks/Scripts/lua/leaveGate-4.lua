-- leaveGate-4: a request has ended, or was not made after all.
-- KEYS[1] circuit hash   KEYS[2] requests under way of the endpoint   KEYS[3] pace hash   KEYS[4] requests under way of the tenant
-- ARGV[1] delivery id   ARGV[2] 0 nothing was learnt, 1 success, 2 failure   ARGV[3] how long it was within, ms
-- ARGV[4] failures in a row that open the circuit   ARGV[5] for how long at first, ms   ARGV[6] for how long at most, ms
-- ARGV[7] expiry of all keys, ms   ARGV[8] 1: this was the probe of an open circuit
-- reply: {1 opened | 2 closed | 0 as before, ms it stays open}
local WINDOW_MINUTES = 5
local WINDOW_LEAST = 20
local WINDOW_SHARE = 0.7
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
local outcome = ARGV[2]
if outcome == '0' then
  if ARGV[8] == '1' then
    redis.call('HDEL', KEYS[1], 'probe')
  end
  return {0, 0}
end

local took = tonumber(redis.call('HGET', KEYS[3], 'took') or ARGV[3])
redis.call('HSET', KEYS[3], 'took', took + (tonumber(ARGV[3]) - took) / 8)
redis.call('PEXPIRE', KEYS[3], ARGV[7])

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local minute = math.floor(now / 60000)
local wasOpen = redis.call('HEXISTS', KEYS[1], 'until') == 1
if outcome == '1' then
  if wasOpen and ARGV[8] == '1' then
    redis.call('DEL', KEYS[1])
    return {2, 0}
  end
  redis.call('HDEL', KEYS[1], 'failures')
end

redis.call('PEXPIRE', KEYS[1], ARGV[7])
local slot = minute % 10
if tonumber(redis.call('HGET', KEYS[1], 'minute:' .. slot) or '-1') ~= minute then
  redis.call('HSET', KEYS[1], 'minute:' .. slot, minute, 'all:' .. slot, 0, 'bad:' .. slot, 0)
end
redis.call('HINCRBY', KEYS[1], 'all:' .. slot, 1)
redis.call('PEXPIRE', KEYS[1], ARGV[7])
if outcome == '1' then
  return {0, 0}
end

redis.call('HINCRBY', KEYS[1], 'bad:' .. slot, 1)
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
local all, bad = 0, 0
for back = 0, WINDOW_MINUTES - 1 do
  local at = (minute - back) % 10
  local counted = redis.call('HMGET', KEYS[1], 'minute:' .. at, 'all:' .. at, 'bad:' .. at)
  if tonumber(counted[1] or '-1') == minute - back then
    all = all + tonumber(counted[2])
    bad = bad + tonumber(counted[3])
  end
end

-- What was under way when the circuit opened does not open it again.
if wasOpen and ARGV[8] ~= '1' then
  return {0, 0}
end
if not wasOpen and failures < tonumber(ARGV[4]) and (all < WINDOW_LEAST or bad < all * WINDOW_SHARE) then
  return {0, 0}
end

local opened = redis.call('HINCRBY', KEYS[1], 'opened', 1)
local open = math.min(tonumber(ARGV[5]) * 2 ^ math.min(opened - 1, 20), tonumber(ARGV[6]))
redis.call('HSET', KEYS[1], 'until', now + open)
redis.call('HDEL', KEYS[1], 'probe')
return {1, open}
