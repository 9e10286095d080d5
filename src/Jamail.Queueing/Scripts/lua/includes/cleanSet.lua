--include schedulerOwned
--include firstTimestamp
--include removeJob
--include removeMembers
-- Removes old jobs from a sorted set; fields nil: all up to the score. Times are compared as text. Replies the removed ids.
local function cleanSet(q, set, highest, timestamp, limit, fields, sparesScheduled)
  local ids
  if limit > 0 then
    ids = call('ZRANGEBYSCORE', set, '0', highest, 'LIMIT', '0', limit)
  else
    ids = call('ZRANGEBYSCORE', set, '0', highest)
  end
  local removed = {}
  for _, id in ipairs(ids) do
    if limit > 0 and #removed >= limit then
      break
    end
    local key = q.prefix .. id
    if not (sparesScheduled and schedulerOwned(id, key, q['repeat'])) then
      local time = fields and firstTimestamp(key, fields)
      if not time or time <= timestamp then
        removeJob(q, id, true, true)
        removed[#removed + 1] = id
      end
    end
  end
  removeMembers(set, removed)
  return removed
end
