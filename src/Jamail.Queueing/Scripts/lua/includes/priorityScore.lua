--include call
-- First by priority, then in the order of arrival.
local function priorityScore(q, priority)
  return priority * 4294967296 + call('INCR', q.pc) % 4294967296
end
