--include emit
--include optionsJson
-- Writes the hash of a job and tells of it. Fields that exist already and are not named here stay.
local function storeJob(q, job, id)
  local key = q.prefix .. id
  local fields = {
    'name', job.name, 'data', job.data, 'opts', optionsJson(job), 'timestamp', job.timestamp,
    'delay', job.delay, 'priority', job.priority
  }
  local n = 12
  if job.parentKey then
    fields[n + 1], fields[n + 2], fields[n + 3], fields[n + 4] = 'parentKey', job.parentKey, 'parent', job.parentData
    n = n + 4
  end
  if job.rjk then
    fields[n + 1], fields[n + 2] = 'rjk', job.rjk
    n = n + 2
  end
  if job.de and job.de.id then
    fields[n + 1], fields[n + 2] = 'deid', job.de.id
  end
  call('HMSET', key, unpack(fields))
  emit(q, 'added', 'jobId', id, 'name', job.name)
end
