--include addDelayed
local function enqueueDelayed(q, job, id)
  addDelayed(q, id, tonumber(job.timestamp), tonumber(job.delay))
end
