--include adoptQueue
--include fetchGate
--include takeIds
--include countTaken
--include takeJob
--include nextDue
-- Takes jobs until wanted are there, none is left, or their size passes most bytes (then at least one was taken). They are
-- collected in taken {jobs, limited, due, size, none}, so that an error does not lose them. When the first look finds none,
-- none becomes 'now', or 'ever' when no job is delayed either. Replies the first error, nil without one; it ends the taking.
local function fetchMany(q, timestamp, wanted, terms, most, taken)
  local now = tonumber(timestamp)
  local jobs = taken.jobs
  local seen = {}
  local size = taken.size
  adoptQueue(q)
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
        local fields, bytes = readJob(q.prefix .. id)
        size = size + bytes
        ids[#ids + 1] = id
        fieldsOf[#ids] = fields
        return true
      end)
    end
    if #ids == 0 then
      local due = answer and 0 or nextDue(q)
      taken.limited = answer and answer[3] or 0
      taken.due = due or 0
      if #jobs == 0 then
        taken.none = (answer or due) and 'now' or 'ever'
      end
      return
    end
    local fault
    for i, id in ipairs(ids) do
      local fields = fieldsOf[i]
      if seen[id] then
        fields = readJob(q.prefix .. id)
      end
      seen[id] = true
      local ok, why = pcall(countTaken, q, fields[deferredFailure], maxJobs, duration)
      if ok then
        ok, why = pcall(takeJob, q, id, timestamp, terms, fields)
      end
      if ok then
        jobs[#jobs + 1] = fields
      else
        fault = fault or why
      end
    end
    if #jobs > 0 then
      call('ZADD', q.marker, '0', '0')
    end
    if fault then
      return fault
    end
  end
end
