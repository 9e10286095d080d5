--include priorityScore
--include baseMark
local function addPrioritized(q, priority, id, isBlocked)
  call('ZADD', q.prioritized, priorityScore(q, priority), id)
  baseMark(q, isBlocked)
end
