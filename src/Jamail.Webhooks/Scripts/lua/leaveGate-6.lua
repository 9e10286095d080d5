-- leaveGate-6: a request has ended, or was not made after all. Its place is free: the oldest job that waits for it is to run now.
-- KEYS[1] circuit hash   KEYS[2] requests under way of the endpoint   KEYS[3] jobs that wait for a place at the endpoint, zset by age
-- KEYS[4] requests under way of the tenant   KEYS[5] jobs that wait for one of the tenant's places   KEYS[6] the queue's delayed jobs
-- ARGV[1] delivery id   ARGV[2] 0 nothing was learnt, 1 success, 2 failure
-- ARGV[3] failures in a row that open the circuit   ARGV[4] for how long at first, ms   ARGV[5] for how long at most, ms
-- ARGV[6] expiry of the circuit, ms   ARGV[7] 1: this was the probe of an open circuit
-- ARGV[8] 1: the tenant's requests are counted
-- reply: {1 opened | 2 closed | 0 as before, ids of the jobs to promote ...}
local WINDOW_MINUTES = 5
local WINDOW_LEAST = 20
local WINDOW_SHARE = 0.7
local LOOK_AT = 20

-- The oldest of those that wait. One that has just been told to wait is still locked by its worker, and may be called by the next
-- who leaves; one that is neither locked nor delayed has come by itself or is gone.
local function callOldest(waiting, called)
  for _, id in ipairs(redis.call('ZRANGE', waiting, 0, LOOK_AT - 1)) do
    if redis.call('ZSCORE', KEYS[6], id) then
      redis.call('ZREM', waiting, id)
      called[#called + 1] = id
      return
    end
    if redis.call('EXISTS', string.sub(KEYS[6], 1, -8) .. id .. ':lock') == 0 then
      redis.call('ZREM', waiting, id)
    end
  end
end

-- What the request tells about the endpoint: 1 opened its circuit, 2 closed it, 0 neither.
local function note(outcome, isProbe)
  if outcome == '0' then
    if isProbe then
      redis.call('HDEL', KEYS[1], 'probe')
    end
    return 0
  end

  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  local minute = math.floor(now / 60000)
  local slot = minute % 10
  local known = redis.call('HMGET', KEYS[1], 'until', 'failures', 'minute:' .. slot)
  local wasOpen = known[1]
  if outcome == '1' and wasOpen and isProbe then
    redis.call('DEL', KEYS[1])
    return 2
  end
  if outcome == '1' and known[2] then
    redis.call('HDEL', KEYS[1], 'failures')
  end

  if tonumber(known[3] or '-1') ~= minute then
    redis.call('HSET', KEYS[1], 'minute:' .. slot, minute, 'all:' .. slot, 0, 'bad:' .. slot, 0)
  end
  redis.call('HINCRBY', KEYS[1], 'all:' .. slot, 1)
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  if outcome == '1' then
    return 0
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
  if wasOpen and not isProbe then
    return 0
  end
  if not wasOpen and failures < tonumber(ARGV[3]) and (all < WINDOW_LEAST or bad < all * WINDOW_SHARE) then
    return 0
  end

  local opened = redis.call('HINCRBY', KEYS[1], 'opened', 1)
  local open = math.min(tonumber(ARGV[4]) * 2 ^ math.min(opened - 1, 20), tonumber(ARGV[5]))
  redis.call('HSET', KEYS[1], 'until', now + open)
  redis.call('HDEL', KEYS[1], 'probe')
  return 1
end

redis.call('ZREM', KEYS[2], ARGV[1])
local reply = {note(ARGV[2], ARGV[7] == '1')}
-- Whoever came while the circuit is open would be sent away.
if reply[1] ~= 1 then
  callOldest(KEYS[3], reply)
end
if ARGV[8] == '1' then
  redis.call('ZREM', KEYS[4], ARGV[1])
  callOldest(KEYS[5], reply)
end
return reply
