--include removeJob
--include removeMembers
-- Removes the jobs of a finished set that are older than maxAge seconds, the newest of them first, limit at most.
local function keepAge(q, timestamp, maxAge, set, limit)
  local start = timestamp - maxAge * 1000
  local done = q.group and q.aged[set]
  if done and done >= start and timestamp > start then
    return
  end
  local ids = call('ZREVRANGEBYSCORE', set, start, '-inf', 'LIMIT', '0', limit)
  if #ids > 0 then
    for _, id in ipairs(ids) do
      removeJob(q, id, false, false)
    end
    if #ids < limit then
      call('ZREMRANGEBYSCORE', set, '-inf', start)
    else
      removeMembers(set, ids)
    end
  end
  if q.group and #ids < limit then
    q.aged[set] = start
  end
end
