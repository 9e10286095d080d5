--include call
-- Before all others of its priority; wakes nobody.
local function frontPrioritized(q, priority, id)
  call('ZADD', q.prioritized, priority * 4294967296, id)
end
