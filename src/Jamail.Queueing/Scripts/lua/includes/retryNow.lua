--include blocked
--include promoteDue
--include leaveActive
--include push
--include addPrioritized
--include nextCount
--include emitCapped
-- An attempt that failed, and the next one is to follow at once. Replies 0, -1, -2, -3 or -6.
local function retryNow(q, id, jobKey, token, timestamp, command, fields)
  promoteDue(q, tonumber(timestamp), blocked(q))
  local code, known = leaveActive(q, id, jobKey, token, fields)
  if code < 0 then
    return code
  end
  local priority = tonumber(known[2] or nil) or 0
  local isBlocked = blocked(q)
  if priority == 0 then
    push(q, command, isBlocked, id)
  else
    addPrioritized(q, priority, id, isBlocked)
  end
  call('HSET', jobKey, 'atm', nextCount(jobKey, 'atm', known[1], fields), unpack(fields or {}))
  emitCapped(q, 'waiting', 'jobId', id, 'prev', 'active')
  return 0
end
