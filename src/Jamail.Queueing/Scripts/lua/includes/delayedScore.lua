--include call
-- The score of a job that is due at timestamp + delay, and that time: 4096 places per millisecond keep the order of
-- arrival, later ones share the last place.
local function delayedScore(q, timestamp, delay)
  local due = timestamp
  if delay > 0 then
    due = timestamp + delay
  end
  local first = due * 4096
  local last = (due + 1) * 4096 - 1
  local highest = call('ZREVRANGEBYSCORE', q.delayed, last, first, 'WITHSCORES', 'LIMIT', '0', '1')[2]
  if not highest then
    return first, due
  end
  highest = tonumber(highest)
  return highest >= last and last or highest + 1, due
end
