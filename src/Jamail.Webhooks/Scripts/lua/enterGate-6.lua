-- enterGate-6: whether a delivery may be sent to its endpoint now. One that finds every place taken is called when a place is free
-- again (leaveGate), the oldest first, and asks again by itself in case nobody calls it: the more wait, the more seldom. One that is
-- too fast gets a time of its own to ask again, so that many that wait do not ask in vain.
-- KEYS[1] circuit hash   KEYS[2] requests under way of the endpoint, zset by end of lease   KEYS[3] pace hash
-- KEYS[4] requests under way of the tenant, zset by end of lease
-- KEYS[5] jobs that wait for a place at the endpoint, zset by age   KEYS[6] jobs that wait for one of the tenant's places, likewise
-- ARGV[1] delivery id   ARGV[2] lease, ms   ARGV[3] most under way   ARGV[4] requests per second, 0: no limit
-- ARGV[5] most under way of the tenant, 0: no limit   ARGV[6] 1: this host has no room for the endpoint   ARGV[7] expiry of all keys, ms
-- ARGV[8] job id   ARGV[9] when the job was added, ms
-- reply: {0, 1 if this is the probe of an open circuit} or {1 circuit | 2 in flight | 3 rate, ms to wait}
local MOST_WAIT = 30000
local LEAST_WAIT = 100
local ONE_WAITING = 10
local PROBE_WAIT = 1000
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local expiry = ARGV[7]

-- The next free time in a row of times that lie `interval` apart.
local function reserve(field, interval)
  local free = math.max(tonumber(redis.call('HGET', KEYS[3], field) or '0'), now) + interval
  free = math.min(free, now + MOST_WAIT)
  redis.call('HSET', KEYS[3], field, free)
  redis.call('PEXPIRE', KEYS[3], expiry)
  return math.max(math.ceil(free - now), LEAST_WAIT)
end

local function await(waiting)
  redis.call('ZADD', waiting, ARGV[9], ARGV[8])
  redis.call('PEXPIRE', waiting, expiry)
  return {2, math.min(LEAST_WAIT + ONE_WAITING * redis.call('ZCARD', waiting), MOST_WAIT)}
end

local circuit = redis.call('HMGET', KEYS[1], 'until', 'probe')
local openUntil, probeUntil = tonumber(circuit[1] or '0'), tonumber(circuit[2] or '0')
if openUntil > now then
  return {1, openUntil - now}
end
if openUntil > 0 and probeUntil > now then
  return {1, math.min(probeUntil - now, PROBE_WAIT)}
end

local most, tenantMost = tonumber(ARGV[3]), tonumber(ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if ARGV[6] == '1' or redis.call('ZCARD', KEYS[2]) >= most then
  return await(KEYS[5])
end
if tenantMost > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now)
  if redis.call('ZCARD', KEYS[4]) >= tenantMost then
    return await(KEYS[6])
  end
end

local rate = tonumber(ARGV[4])
if rate > 0 then
  -- The bucket holds one second's tokens: `spent` is the time at which it is full again.
  local interval = 1000 / rate
  local spent = math.max(tonumber(redis.call('HGET', KEYS[3], 'spent') or '0'), now)
  if spent + interval - now > math.max(1000, interval) then
    return {3, reserve('rate', interval)}
  end
  redis.call('HSET', KEYS[3], 'spent', spent + interval)
  redis.call('PEXPIRE', KEYS[3], expiry)
end

local lease = now + tonumber(ARGV[2])
redis.call('ZADD', KEYS[2], lease, ARGV[1])
redis.call('PEXPIRE', KEYS[2], expiry)
redis.call('ZREM', KEYS[5], ARGV[8])
if tenantMost > 0 then
  redis.call('ZADD', KEYS[4], lease, ARGV[1])
  redis.call('PEXPIRE', KEYS[4], expiry)
  redis.call('ZREM', KEYS[6], ARGV[8])
end
if openUntil > 0 then
  redis.call('HSET', KEYS[1], 'probe', lease)
  redis.call('PEXPIRE', KEYS[1], expiry)
  return {0, 1}
end
return {0, 0}
