-- enterGate-4: whether a delivery may be sent to its endpoint now. When not, each delivery gets a time of its own to ask again,
-- spread as fast as the endpoint has been taking them, so that many that wait do not ask in vain.
-- KEYS[1] circuit hash   KEYS[2] requests under way of the endpoint, zset by end of lease   KEYS[3] pace hash
-- KEYS[4] requests under way of the tenant, zset by end of lease
-- ARGV[1] delivery id   ARGV[2] lease, ms   ARGV[3] most under way   ARGV[4] requests per second, 0: no limit
-- ARGV[5] most under way of the tenant, 0: no limit   ARGV[6] 1: this host has no room for the endpoint   ARGV[7] expiry of all keys, ms
-- reply: {0, 1 if this is the probe of an open circuit} or {1 circuit | 2 in flight | 3 rate, ms to wait}
local MOST_WAIT = 30000
local LEAST_WAIT = 100
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

-- How far apart requests of the endpoint end, as it is now.
local function pace(flying)
  return math.max(tonumber(redis.call('HGET', KEYS[3], 'took') or '100') / math.max(flying, 1), 1)
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
local flying = redis.call('ZCARD', KEYS[2])
if ARGV[6] == '1' or flying >= most then
  return {2, reserve('flight', pace(flying))}
end
if tenantMost > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now)
  if redis.call('ZCARD', KEYS[4]) >= tenantMost then
    return {2, reserve('flight', pace(flying))}
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
if tenantMost > 0 then
  redis.call('ZADD', KEYS[4], lease, ARGV[1])
  redis.call('PEXPIRE', KEYS[4], expiry)
end
if openUntil > 0 then
  redis.call('HSET', KEYS[1], 'probe', lease)
  redis.call('PEXPIRE', KEYS[1], expiry)
  return {0, 1}
end
return {0, 0}
