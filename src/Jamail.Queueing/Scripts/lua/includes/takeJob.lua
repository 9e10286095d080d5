--include call
-- Reads a job as finishJobs replies it, and makes one that is in active the worker's own.
local attemptsStarted, deferredFailure, jobId = 9, 11, 17

-- Also replies the bytes of the fields that can be long.
local function readJob(key)
  local fields = redis.pcall('HMGET', key, 'name', 'data', 'opts', 'timestamp', 'delay', 'priority', 'atm', 'attemptsMade',
    'ats', 'stc', 'defa', 'failedReason', 'stacktrace', 'progress', 'parentKey', 'rjk', 'id')
  return fields, #(fields[2] or '') + #(fields[3] or '') + #(fields[12] or '') + #(fields[13] or '') + #(fields[14] or '')
end

local function takeJob(q, id, now, terms, fields)
  local key = q.prefix .. id
  if terms.token ~= '0' then
    call('SET', key .. ':lock', terms.token, 'PX', terms.lockDuration)
  end
  call('XADD', q.events, '*', 'event', 'active', 'jobId', id, 'prev', 'waiting')
  local before = fields[attemptsStarted]
  local started = before and string.format('%d', (tonumber(before) or 0) + 1) or '1'
  if terms.name then
    call('HSET', key, 'processedOn', now, 'pb', terms.name, 'ats', started)
  else
    call('HSET', key, 'processedOn', now, 'ats', started)
  end
  fields[attemptsStarted] = tonumber(started)
  fields[jobId] = id
end
