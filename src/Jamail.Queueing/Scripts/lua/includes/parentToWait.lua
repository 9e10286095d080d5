--include queueOf
--include blocked
--include push
--include addPrioritized
--include delayMark
--include emit
-- Puts a parent that waits no more to where it belongs: delayed, waiting in front of all, or prioritized.
local function parentToWait(queueKey, parentKey, parentId, timestamp)
  local q = queueOf(queueKey .. ':')
  local fields = call('HMGET', parentKey, 'priority', 'delay')
  local priority = tonumber(fields[1] or nil) or 0
  local delay = tonumber(fields[2] or nil) or 0
  if delay > 0 then
    local due = tonumber(timestamp) + delay
    call('ZADD', q.delayed, due * 4096, parentId)
    q.promoted = false
    emit(q, 'delayed', 'jobId', parentId, 'delay', due)
    delayMark(q)
    return
  end
  local isBlocked = blocked(q)
  if priority == 0 then
    push(q, 'RPUSH', isBlocked, parentId)
  else
    addPrioritized(q, priority, parentId, isBlocked)
  end
  emit(q, 'waiting', 'jobId', parentId, 'prev', 'waiting-children')
end
