--include unlock
--include emit
-- Lets an active job wait for its children: all of them, or the one with childKey. Replies 0; 1 when there is nothing to
-- wait for; -1, -2, -3, -6; -9 when children have failed.
local function waitForChildren(q, id, jobKey, token, now, childKey)
  if call('EXISTS', jobKey) ~= 1 then
    return -1
  end
  if call('ZCARD', jobKey .. ':unsuccessful') ~= 0 then
    return -9
  end
  local dependencies = jobKey .. ':dependencies'
  local open
  if childKey then
    open = call('SISMEMBER', dependencies, childKey)
  else
    open = call('SCARD', dependencies)
  end
  if open == 0 then
    return 1
  end
  local code = unlock(q, jobKey, token, id)
  if code < 0 then
    return code
  end
  if call('LREM', q.active, '-1', id) < 1 then
    return -3
  end
  call('ZADD', q.waitingChildren, tonumber(now), id)
  emit(q, 'waiting-children', 'jobId', id, 'prev', 'active')
  return 0
end
