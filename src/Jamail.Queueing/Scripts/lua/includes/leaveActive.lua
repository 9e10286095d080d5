--include unlock
--include call
-- The checks and first steps common to the ways out of active: 0, or -1, -2, -3, -6. Also replies [atm, priority]; the
-- caller writes the fields.
local function leaveActive(q, id, jobKey, token, fields)
  local known = call('HMGET', jobKey, 'atm', 'priority', 'ats')
  if not known[3] and call('EXISTS', jobKey) ~= 1 then
    return -1
  end
  local code = unlock(q, jobKey, token, id)
  if code < 0 then
    return code
  end
  if call('LREM', q.active, '-1', id) < 1 then
    if fields then
      call('HMSET', jobKey, unpack(fields))
    end
    return -3
  end
  return 0, known
end
