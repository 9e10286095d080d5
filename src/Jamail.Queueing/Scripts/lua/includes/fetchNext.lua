--include fetchGate
--include popPrioritized
--include prepare
--include nextDue
-- The next job for a worker that has just settled one. Replies [job or 0, id or 0, limited ms, next due ms], or nil when
-- there is nothing at all.
local function fetchNext(q, timestamp, terms)
  local now = tonumber(timestamp)
  local answer, maxJobs, duration = fetchGate(q, now, terms)
  if answer then
    return answer
  end
  local id = call('RPOPLPUSH', q.wait, q.active)
  if id and string.sub(id, 1, 2) == '0:' then
    call('LREM', q.active, '1', id)
    id = id == '0:0' and popPrioritized(q) or nil
  elseif not id then
    id = popPrioritized(q)
  end
  if id then
    return prepare(q, id, timestamp, maxJobs, duration, terms)
  end
  local due = nextDue(q)
  return due and {0, 0, 0, due} or nil
end
