--include childDone
-- Links a job that exists already to the parent it is added under.
local function existingChild(q, job, jobKey, id)
  if not job.parentKey then
    return
  end
  if call('ZSCORE', q.completed, id) then
    local value = call('HGET', jobKey, 'returnvalue')
    if job.defer then
      call('HSET', job.parentKey .. ':processed', jobKey, value)
    else
      childDone(job.parentKey, job.parent.queueKey, job.dependenciesKey, job.parent.id, jobKey, value, job.timestamp)
    end
  elseif job.dependenciesKey then
    call('SADD', job.dependenciesKey, jobKey)
  end
  call('HMSET', jobKey, 'parentKey', job.parentKey, 'parent', job.parentData)
end
