--include call
-- Counts a finished job; with the first one of a new minute the minutes before get their numbers.
local function metrics(hash, list, maxPoints, timestamp)
  local count = call('HINCRBY', hash, 'count', '1') - 1
  local previous = call('HGET', hash, 'prevTS')
  if not previous then
    call('HSET', hash, 'prevTS', timestamp, 'prevCount', '0')
    return
  end
  local most = tonumber(maxPoints)
  local points = math.min(math.floor(timestamp / 60000) - math.floor(previous / 60000), most)
  if points <= 0 then
    return
  end
  local delta = count - call('HGET', hash, 'prevCount')
  local values = {delta}
  for i = 2, points do
    values[i] = 0
  end
  for first = 1, #values, 7000 do
    call('LPUSH', list, unpack(values, first, math.min(first + 6999, #values)))
  end
  call('LTRIM', list, '0', most - 1)
  call('HSET', hash, 'prevCount', count, 'prevTS', timestamp)
end
