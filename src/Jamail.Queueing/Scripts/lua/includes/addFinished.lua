--include call
-- Puts an id into a finished set. A group puts them there together, before anything looks at the set.
local function flushFinished(q, set)
  local pending = q.finished and q.finished[set]
  if pending then
    q.finished[set] = nil
    call('ZADD', set, unpack(pending))
  end
end

local function addFinished(q, set, timestamp, id)
  if not q.finished then
    call('ZADD', set, timestamp, id)
    return
  end
  local pending = q.finished[set]
  if not pending then
    pending = {}
    q.finished[set] = pending
  end
  pending[#pending + 1] = timestamp
  pending[#pending + 1] = id
end
