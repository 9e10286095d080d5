--include maxEvents
--include duplicateAdd
--include storeJob
-- The way of every add. deduplicate and place differ from script to script.
-- Replies the id of the new job, or of the one that stays; -5: no such parent; -7: the job has another parent.
local function addJob(q, job, deduplicate, place)
  if job.parentKey then
    if call('EXISTS', job.parentKey) ~= 1 then
      return -5
    end
    job.parentData = job.parentData or cjson.encode(job.parent)
  end
  local number = call('INCR', q.id)
  maxEvents(q)
  local id = job.id
  if id == '' then
    id = string.format('%.0f', number)
  else
    local jobKey = q.prefix .. id
    if call('EXISTS', jobKey) == 1 then
      return duplicateAdd(q, job, jobKey, id)
    end
  end
  if job.de and job.de.id then
    local owner = deduplicate(q, job, id)
    if owner then
      return owner
    end
  end
  storeJob(q, job, id)
  place(q, job, id)
  if job.dependenciesKey then
    call('SADD', job.dependenciesKey, q.prefix .. id)
  end
  return id
end
