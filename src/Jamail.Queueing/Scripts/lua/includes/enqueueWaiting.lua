--include blocked
--include push
--include emitCapped
local function enqueueWaiting(q, job, id)
  push(q, job.lifo and 'RPUSH' or 'LPUSH', blocked(q), id)
  emitCapped(q, 'waiting', 'jobId', id)
end
