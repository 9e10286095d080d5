--include unlock
--include call
-- The checks and first steps common to the ways out of active: 0, or -1, -2, -3, -6.
local function leaveActive(q, id, jobKey, token, fields)
  if call('EXISTS', jobKey) ~= 1 then
    return -1
  end
  local code = unlock(q, jobKey, token, id)
  if code < 0 then
    return code
  end
  if fields then
    call('HMSET', jobKey, unpack(fields))
  end
  if call('LREM', q.active, -1, id) < 1 then
    return -3
  end
  return 0
end
