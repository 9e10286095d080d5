--include unlock
--include blocked
--include frontPrioritized
--include push
--include emitCapped
-- Puts an active job back in front of all others, and no attempt counts. Replies how long the rate limit still binds,
-- ms, or -1, -2, -6.
local function returnJob(q, id, jobKey, token)
  if call('EXISTS', jobKey) ~= 1 then
    return -1
  end
  local code = unlock(q, jobKey, token, id)
  if code < 0 then
    return code
  end
  if call('LREM', q.active, '1', id) > 0 then
    local isBlocked = blocked(q)
    local priority = tonumber(call('HGET', jobKey, 'priority') or nil) or 0
    if priority > 0 then
      frontPrioritized(q, priority, id)
    else
      push(q, 'RPUSH', isBlocked, id)
    end
    emitCapped(q, 'waiting', 'jobId', id, 'prev', 'active')
  end
  local ttl = call('PTTL', q.limiter)
  return ttl > 0 and ttl or 0
end
