--include emitCapped
local function enqueueParent(q, job, id)
  call('ZADD', q.waitingChildren, job.timestamp, id)
  emitCapped(q, 'waiting-children', 'jobId', id)
end
