--include fetchGate
--include takeIds
--include countTaken
--include emit
--include nextDue
-- Takes jobs until wanted are there, none is left, or their size passes most bytes (then at least one was taken). They are
-- collected in taken {jobs, limited, due}, so that an error does not lose them. onFirstEmpty(nothing at all) is called
-- when the first look finds no job, and then the taking ends. Replies the first error, nil without one; it ends the taking.
local jobFields = {
  'name', 'data', 'opts', 'timestamp', 'delay', 'priority', 'atm', 'attemptsMade', 'ats', 'stc', 'defa', 'failedReason',
  'stacktrace', 'progress', 'parentKey', 'rjk', 'id'
}
local attemptsStarted, deferredFailure, jobId = 9, 11, 17

local function takeJob(q, id, now, maxJobs, duration, terms, fields)
  local key = q.prefix .. id
  countTaken(q, fields[deferredFailure], maxJobs, duration)
  if terms.token ~= '0' then
    call('SET', key .. ':lock', terms.token, 'PX', terms.lockDuration)
  end
  emit(q, 'active', 'jobId', id, 'prev', 'waiting')
  local before = fields[attemptsStarted]
  local started = before and (tonumber(before) or 0) + 1 or '1'
  if terms.name then
    call('HSET', key, 'processedOn', now, 'pb', terms.name, 'ats', started)
  else
    call('HSET', key, 'processedOn', now, 'ats', started)
  end
  fields[attemptsStarted] = tonumber(started)
  return fields
end

local function sizeOf(fields)
  local size = 0
  for i = 1, #jobFields do
    local value = fields[i]
    if value then
      size = size + #value
    end
  end
  return size
end

local function fetchMany(q, timestamp, wanted, terms, most, taken, onFirstEmpty)
  local now = tonumber(timestamp)
  local jobs = taken.jobs
  local seen = {}
  local size = 0
  while #jobs < wanted and size < most do
    local answer, maxJobs, duration = fetchGate(q, now, terms)
    local ids, fieldsOf = {}, {}
    if not answer then
      local room = maxJobs and 1 or wanted - #jobs
      local concurrency = tonumber(meta(q)[2] or nil)
      if concurrency then
        room = math.min(room, math.max(1, math.ceil(concurrency - call('LLEN', q.active))))
      end
      takeIds(q, room, function(id)
        if size >= most then
          return false
        end
        local fields = redis.pcall('HMGET', q.prefix .. id, unpack(jobFields))
        size = size + sizeOf(fields)
        ids[#ids + 1] = id
        fieldsOf[#ids] = fields
        return true
      end)
    end
    if #ids == 0 then
      local due = answer and 0 or nextDue(q)
      taken.limited = answer and answer[3] or 0
      taken.due = due or 0
      if #jobs == 0 and onFirstEmpty then
        onFirstEmpty(not answer and not due)
      end
      return
    end
    local fault
    for i, id in ipairs(ids) do
      local fields = fieldsOf[i]
      if seen[id] then
        fields = call('HMGET', q.prefix .. id, unpack(jobFields))
      end
      seen[id] = true
      local ok, why = pcall(takeJob, q, id, timestamp, maxJobs, duration, terms, fields)
      if ok then
        fields[jobId] = id
        jobs[#jobs + 1] = fields
      else
        fault = fault or why
      end
    end
    if #jobs > 0 then
      call('ZADD', q.marker, 0, '0')
    end
    if fault then
      return fault
    end
  end
end
