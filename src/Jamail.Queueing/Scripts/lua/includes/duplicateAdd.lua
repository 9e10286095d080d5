--include existingChild
--include emitCapped
-- A job with this id exists: its data stays, only the link to a parent may be new. Replies the id, or -7 when the job
-- belongs to another parent that still exists.
local function duplicateAdd(q, job, jobKey, id)
  local old = call('HGET', jobKey, 'parentKey')
  if not old or old == job.parentKey or call('EXISTS', old) == 0 then
    existingChild(q, job, jobKey, id)
  elseif job.parentKey then
    if job.defer then
      call('HSET', job.parentKey, 'flowAttachmentFailed', '1')
    end
    return -7
  end
  emitCapped(q, 'duplicated', 'jobId', id)
  return id
end
