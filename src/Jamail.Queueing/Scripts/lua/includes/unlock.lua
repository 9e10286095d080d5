--include call
-- Gives up the lock of a job: 0, -2 when there is none, -6 when another token holds it. Token '0' has no lock.
-- A group has read its locks before and gives them up together (q.locks, q.freed).
local function unlock(q, jobKey, token, id)
  if token == '0' then
    return 0
  end
  local held
  if q.locks then
    held = q.locks[id]
  else
    held = call('GET', jobKey .. ':lock')
  end
  if held ~= token then
    return held and -6 or -2
  end
  if q.locks then
    q.locks[id] = false
    local freed = q.freed
    freed[#freed + 1] = id
  else
    call('DEL', jobKey .. ':lock')
    call('SREM', q.stalled, id)
  end
  return 0
end
