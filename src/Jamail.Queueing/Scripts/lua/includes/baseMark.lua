--include call
-- Wakes a worker, unless the queue may not give out jobs.
local function baseMark(q, isBlocked)
  if not isBlocked then
    call('ZADD', q.marker, 0, '0')
  end
end
