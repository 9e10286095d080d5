--include schedulerOwned
--include firstTimestamp
--include removeJob
-- Removes old jobs from the tail of a list. Times are compared as text, like everywhere. Replies the removed ids.
local function cleanList(q, list, from, timestamp, waiting, limit)
  local ids = call('LRANGE', list, from, '-1')
  local removed = {}
  for i, id in ipairs(ids) do
    if limit > 0 and #removed >= limit then
      break
    end
    local key = q.prefix .. id
    if (waiting or call('EXISTS', key .. ':lock') == 0) and not schedulerOwned(id, key, q['repeat']) then
      local time = firstTimestamp(key, {'finishedOn', 'processedOn', 'timestamp'})
      if not time or time <= timestamp then
        call('LSET', list, i - 1 - #ids, '')
        removeJob(q, id, true, true)
        removed[#removed + 1] = id
      end
    end
  end
  call('LREM', list, '0', '')
  return removed
end
