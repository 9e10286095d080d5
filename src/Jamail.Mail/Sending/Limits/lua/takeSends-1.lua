-- takeSends-1: how many mails a host may hand to a mail server now, by the limits that all hosts share.
-- KEYS[1] hash of the mail server
-- ARGV[1] mails per second, '' without a limit   ARGV[2] mails at the same time, '' without a limit
-- ARGV[3] host   ARGV[4] mails it is sending now   ARGV[5] mails it wants to send   ARGV[6] bulk mails it wants to send
-- ARGV[7] mails accepted since its last call   ARGV[8] 1: the server said that it is too much
-- ARGV[9] mails on one day (UTC), '' without a limit
-- reply: mails granted, bulk mails granted, wait of the first one refused in ms, further wait of each next one in ms,
--   mails per second now in thousandths (-1 without a limit), ms until the next day when those of this one are used up, else 0
local WINDOW, RAISE_AFTER, RAISE, LOWER, LEAST = 10, 10000, 1.02, 0.9, 2
local SAME_COMPLAINT, STILL_COMPLAINS = 1000, 5000
local HOST_LIFE, KEY_LIFE, LONGEST_WAIT, BUSY_WAIT, BUSY_STEP, DAY = 60000, 3600000, 30000, 100, 20, 86400000

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local second = tonumber(time[1])
local state = {}
local stored = redis.call('HGETALL', KEYS[1])
for i = 1, #stored, 2 do state[stored[i]] = stored[i + 1] end
local changes = {}
local function set(field, value)
  state[field] = tostring(value)
  changes[#changes + 1] = field
  changes[#changes + 1] = tostring(value)
end
local function number(field) return tonumber(state[field] or '') end

local configured, most = tonumber(ARGV[1]), tonumber(ARGV[2])
local host, sending = ARGV[3], tonumber(ARGV[4])
local wanted, bulk, accepted = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])

-- What the server accepted, second by second.
if accepted > 0 then
  local slot = second % WINDOW
  local count = number('second' .. slot) == second and number('count' .. slot) or 0
  set('second' .. slot, second)
  set('count' .. slot, count + accepted)
end

-- The rate it bears: a little below what it accepted when it complained, then slowly up. Not below LEAST: a complaint before anything was
-- accepted says nothing of the rate, and two mails a second harm no server; what it refuses then is deferred. One complaint after a quiet time
-- is a burst, such as that of a host that stood still: what was accepted meanwhile says little of the server, so the rate falls by one step.
-- Only one that complains on is held to what it accepted.
local learned = number('rate')
if ARGV[8] == '1' then
  local sum, first = 0, second
  for slot = 0, WINDOW - 1 do
    local at = number('second' .. slot)
    if at and at > second - WINDOW then
      sum = sum + number('count' .. slot)
      if at < first then first = at end
    end
  end
  local bears = math.max(LEAST, LOWER * sum / math.max(second - first, 1))
  local since = learned and now - (number('lowered') or 0)
  if not since or since >= SAME_COMPLAINT then set('lowered', now) end
  if since and since < SAME_COMPLAINT then
    learned = math.max(learned, bears)
  elseif since and since >= STILL_COMPLAINS then
    learned = math.max(bears, LOWER * learned)
  else
    learned = bears
  end
  if configured then learned = math.min(learned, configured) end
  set('rate', learned)
  set('raised', now)
elseif learned and now - number('raised') >= RAISE_AFTER then
  learned = learned * RAISE ^ math.floor((now - number('raised')) / RAISE_AFTER)
  set('rate', learned)
  set('raised', now)
end
local rate = configured
if learned and (not rate or learned < rate) then rate = learned end

-- Places that no living host has.
local free = wanted + bulk + 1
if most then
  free = most - sending
  for field, value in pairs(state) do
    local name = string.match(field, '^host:(.*)$')
    if name and name ~= host then
      if (number('until:' .. name) or 0) > now then free = free - tonumber(value) end
    end
  end
  if free < 0 then free = 0 end
end

-- What is left of the day.
local quota, today = tonumber(ARGV[9]), math.floor(now / DAY)
local used = number('day') == today and number('used') or 0
local left = quota and math.max(0, quota - used) or wanted + bulk + 1

-- Bulk leaves one token and one place to others.
local tokens = wanted + bulk + 1
if rate then
  local capacity = math.max(2, rate / 20)
  tokens = math.min(capacity, (number('tokens') or capacity) + (now - (number('at') or now)) * rate / 1000)
end
local kept = (most and most < 2) and 0 or 1
local granted = math.min(wanted, math.floor(tokens), free, left)
local grantedBulk = math.max(0, math.min(bulk, math.floor(tokens - granted - 1), free - granted - (most and kept or 0), left - granted))
if quota then
  set('day', today)
  set('used', used + granted + grantedBulk)
end
if rate then
  set('tokens', tokens - granted - grantedBulk)
  set('at', now)
end
set('host:' .. host, sending + granted + grantedBulk)
set('until:' .. host, now + HOST_LIFE)

-- Those refused come one after another, as fast as the server bears it.
local refused, wait, step = wanted + bulk - granted - grantedBulk, 0, 0
if refused > 0 then
  step = rate and 1000 / rate or BUSY_STEP
  local from = math.max(number('next') or 0, now + (rate and step or BUSY_WAIT))
  wait = math.min(from - now, LONGEST_WAIT)
  set('next', math.min(from + step * refused, now + LONGEST_WAIT))
end

redis.call('HSET', KEYS[1], unpack(changes))
redis.call('PEXPIRE', KEYS[1], quota and 2 * DAY or KEY_LIFE)
local usedUp = quota and used + granted + grantedBulk >= quota
return {granted, grantedBulk, math.ceil(wait), math.ceil(step), rate and math.floor(rate * 1000) or -1, usedUp and (today + 1) * DAY - now or 0}
