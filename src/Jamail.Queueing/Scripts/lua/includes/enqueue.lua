--include storeJob
--include enqueueWaiting
--include enqueuePrioritized
--include enqueueDelayed
-- Stores a job that a script made itself and puts it where its options say.
local function enqueue(q, job, id)
  storeJob(q, job, id)
  if job.delay ~= 0 then
    enqueueDelayed(q, job, id)
  elseif job.priority > 0 then
    enqueuePrioritized(q, job, id)
  else
    enqueueWaiting(q, job, id)
  end
end
