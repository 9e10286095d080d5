--include blocked
--include addPrioritized
--include emitCapped
local function enqueuePrioritized(q, job, id)
  addPrioritized(q, job.priority, id, blocked(q))
  emitCapped(q, 'waiting', 'jobId', id)
end
