--include call
-- Reads a job as finishJobs replies it, and makes one that is in active the worker's own.
local place = {
  name = 1, data = 2, opts = 3, timestamp = 4, delay = 5, priority = 6, atm = 7, attemptsMade = 8, ats = 9, stc = 10, defa = 11,
  failedReason = 12, stacktrace = 13, progress = 14, parentKey = 15, rjk = 16
}
local attemptsStarted, deferredFailure, jobId = 9, 11, 17

-- The whole hash costs less than 16 fields by name, of which most jobs have six. Also replies the bytes of those that can be long.
local function readJob(key)
  local all = redis.pcall('HGETALL', key)
  local fields = {false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false}
  for i = 1, #all, 2 do
    local at = place[all[i]]
    if at then
      fields[at] = all[i + 1]
    end
  end
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
