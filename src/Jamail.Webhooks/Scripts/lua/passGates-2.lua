-- passGates-2: deliveries ask to be sent to their endpoints, and requests end; as many as came together, in their order.
-- Who finds every place taken is called when a place is free again, the oldest first, and asks again by itself in case nobody calls:
-- the more wait, the more seldom. Who is too fast gets a time of its own to ask again, so that many do not ask in vain, and from that time
-- on a token of the bucket is kept for it: who comes meanwhile waits too.
-- KEYS[1] any of our own keys of the queue; up to its last ':' it begins those below   KEYS[2] the queue's delayed jobs
-- ARGV[1] expiry of the keys, ms   ARGV[2] most under way of a tenant, 0: no limit   ARGV[3] failures in a row that open a circuit
-- ARGV[4] for how long at first, ms   ARGV[5] for how long at most, ms   ARGV[6] expiry of a circuit, ms
-- then for each that asks: 'enter', endpoint, tenant, delivery id, lease in ms, most under way, requests per second (0: no limit),
--   1 if this host has no room for the endpoint, job id, when the job was added in ms
-- and for each that ends: 'leave', endpoint, tenant, delivery id, 0 nothing was learnt | 1 success | 2 failure, 1 if it was the probe
-- keys: circuit:<endpoint> hash   flight:<endpoint>, tenant:<tenant> zsets of delivery ids by end of lease   pace:<endpoint> hash
--   paced:<endpoint> zset of job ids by the time they got
--   waiting:<endpoint>, tenant-waiting:<tenant> zsets of job ids by age
-- reply: for each that asks {0, 1 if it is the probe of an open circuit} or {1 circuit | 2 in flight | 3 rate, ms to wait}; for each that
--   ends {1 opened | 2 closed | 0 as before, ids of the jobs to promote ...}
local ENTER_FIELDS, LEAVE_FIELDS, FIRST = 10, 6, 7
local MOST_WAIT = 30000
local LEAST_WAIT = 100
local ONE_WAITING = 10
local PROBE_WAIT = 1000
local WINDOW_MINUTES = 5
local WINDOW_LEAST = 20
local WINDOW_SHARE = 0.7
local LOOK_AT = 20
local KEPT_FOR = 60000
local call = redis.call
local base = string.match(KEYS[1], '^(.*:)')
local expiry, tenantMost = ARGV[1], tonumber(ARGV[2])
local time = call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

-- The next free time in a row of times that lie `interval` apart.
local function reserve(pace, interval)
  local free = math.max(tonumber(call('HGET', pace, 'rate') or '0'), now) + interval
  free = math.min(free, now + MOST_WAIT)
  call('HSET', pace, 'rate', free)
  call('PEXPIRE', pace, expiry)
  return math.max(math.ceil(free - now), LEAST_WAIT)
end

local function await(waiting, job, age)
  call('ZADD', waiting, age, job)
  call('PEXPIRE', waiting, expiry)
  return {2, math.min(LEAST_WAIT + ONE_WAITING * call('ZCARD', waiting), MOST_WAIT)}
end

local function isFull(flight, most)
  call('ZREMRANGEBYSCORE', flight, '-inf', now)
  return call('ZCARD', flight) >= most
end

local function enter(endpoint, tenant, delivery, leaseMs, most, rate, noRoom, job, age)
  local circuit, waiting, lease = base .. 'circuit:' .. endpoint, base .. 'waiting:' .. endpoint, now + tonumber(leaseMs)
  local state = call('HMGET', circuit, 'until', 'probe')
  local openUntil, probeUntil = tonumber(state[1] or '0'), tonumber(state[2] or '0')
  if openUntil > now then
    return {1, openUntil - now}
  end
  if openUntil > 0 and probeUntil > now then
    return {1, math.min(probeUntil - now, PROBE_WAIT)}
  end

  local flight = base .. 'flight:' .. endpoint
  if noRoom == '1' or isFull(flight, tonumber(most)) then
    return await(waiting, job, age)
  end
  if tenantMost > 0 and isFull(base .. 'tenant:' .. tenant, tenantMost) then
    return await(base .. 'tenant-waiting:' .. tenant, job, age)
  end

  rate = tonumber(rate)
  if rate > 0 then
    -- The bucket holds one second's tokens: `spent` is the time at which it is full again.
    local pace, paced, interval = base .. 'pace:' .. endpoint, base .. 'paced:' .. endpoint, 1000 / rate
    local spent = math.max(tonumber(call('HGET', pace, 'spent') or '0'), now)
    call('ZREMRANGEBYSCORE', paced, '-inf', now - KEPT_FOR)
    local mine = call('ZSCORE', paced, job)
    local kept = mine and 0 or call('ZCOUNT', paced, '-inf', now)
    if spent + interval * (1 + kept) - now > math.max(1000, interval) then
      local wait = reserve(pace, interval)
      call('ZADD', paced, 'NX', now + wait, job)
      call('PEXPIRE', paced, expiry)
      return {3, wait}
    end
    call('HSET', pace, 'spent', spent + interval)
    call('PEXPIRE', pace, expiry)
    call('ZREM', paced, job)
  end

  call('ZADD', flight, lease, delivery)
  call('PEXPIRE', flight, expiry)
  call('ZREM', waiting, job)
  if tenantMost > 0 then
    call('ZADD', base .. 'tenant:' .. tenant, lease, delivery)
    call('PEXPIRE', base .. 'tenant:' .. tenant, expiry)
    call('ZREM', base .. 'tenant-waiting:' .. tenant, job)
  end
  if openUntil > 0 then
    call('HSET', circuit, 'probe', lease)
    call('PEXPIRE', circuit, expiry)
    return {0, 1}
  end
  return {0, 0}
end

-- The oldest of those that wait. One that has just been told to wait is still locked by its worker, and may be called by the next
-- who leaves; one that is neither locked nor delayed has come by itself or is gone.
local function callOldest(waiting, called)
  for _, job in ipairs(call('ZRANGE', waiting, 0, LOOK_AT - 1)) do
    if call('ZSCORE', KEYS[2], job) then
      call('ZREM', waiting, job)
      called[#called + 1] = job
      return
    end
    if call('EXISTS', string.sub(KEYS[2], 1, -8) .. job .. ':lock') == 0 then
      call('ZREM', waiting, job)
    end
  end
end

-- Whether so many requests failed in the last minutes.
local function isFailing(circuit, minute)
  local all, bad = 0, 0
  for back = 0, WINDOW_MINUTES - 1 do
    local at = (minute - back) % 10
    local counted = call('HMGET', circuit, 'minute:' .. at, 'all:' .. at, 'bad:' .. at)
    if tonumber(counted[1] or '-1') == minute - back then
      all = all + tonumber(counted[2])
      bad = bad + tonumber(counted[3])
    end
  end
  return all >= WINDOW_LEAST and bad >= all * WINDOW_SHARE
end

-- What the request tells about the endpoint: 1 opened its circuit, 2 closed it, 0 neither.
local function note(circuit, outcome, isProbe)
  if outcome == '0' then
    if isProbe then
      call('HDEL', circuit, 'probe')
    end
    return 0
  end

  local minute = math.floor(now / 60000)
  local slot = minute % 10
  local known = call('HMGET', circuit, 'until', 'failures', 'minute:' .. slot)
  local wasOpen = known[1]
  if outcome == '1' and wasOpen and isProbe then
    call('DEL', circuit)
    return 2
  end
  if outcome == '1' and known[2] then
    call('HDEL', circuit, 'failures')
  end

  if tonumber(known[3] or '-1') ~= minute then
    call('HSET', circuit, 'minute:' .. slot, minute, 'all:' .. slot, 0, 'bad:' .. slot, 0)
  end
  call('HINCRBY', circuit, 'all:' .. slot, 1)
  call('PEXPIRE', circuit, ARGV[6])
  if outcome == '1' then
    return 0
  end

  call('HINCRBY', circuit, 'bad:' .. slot, 1)
  local failures = call('HINCRBY', circuit, 'failures', 1)
  -- What was under way when the circuit opened does not open it again.
  if wasOpen and not isProbe then
    return 0
  end
  if not wasOpen and failures < tonumber(ARGV[3]) and not isFailing(circuit, minute) then
    return 0
  end

  local opened = call('HINCRBY', circuit, 'opened', 1)
  local open = math.min(tonumber(ARGV[4]) * 2 ^ math.min(opened - 1, 20), tonumber(ARGV[5]))
  call('HSET', circuit, 'until', now + open)
  call('HDEL', circuit, 'probe')
  return 1
end

local function leave(endpoint, tenant, delivery, outcome, isProbe)
  call('ZREM', base .. 'flight:' .. endpoint, delivery)
  local reply = {note(base .. 'circuit:' .. endpoint, outcome, isProbe)}
  -- Whoever came while the circuit is open would be sent away.
  if reply[1] ~= 1 then
    callOldest(base .. 'waiting:' .. endpoint, reply)
  end
  if tenantMost > 0 then
    call('ZREM', base .. 'tenant:' .. tenant, delivery)
    callOldest(base .. 'tenant-waiting:' .. tenant, reply)
  end
  return reply
end

local replies = {}
local at = FIRST
while at <= #ARGV do
  local a = at
  if ARGV[a] == 'enter' then
    replies[#replies + 1] = enter(ARGV[a + 1], ARGV[a + 2], ARGV[a + 3], ARGV[a + 4], ARGV[a + 5], ARGV[a + 6], ARGV[a + 7], ARGV[a + 8], ARGV[a + 9])
    at = a + ENTER_FIELDS
  else
    replies[#replies + 1] = leave(ARGV[a + 1], ARGV[a + 2], ARGV[a + 3], ARGV[a + 4], ARGV[a + 5] == '1')
    at = a + LEAVE_FIELDS
  end
end
return replies
