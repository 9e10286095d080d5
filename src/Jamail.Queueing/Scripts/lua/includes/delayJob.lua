--include leaveActive
--include delayedScore
--include maxEvents
--include emitCapped
--include nextCount
-- Parks an active job until timestamp + delay; the delay mark is the caller's. Replies 0, -1, -2, -3 or -6.
local function delayJob(q, id, jobKey, token, timestamp, delay, countsAttempt, fields)
  local code, known = leaveActive(q, id, jobKey, token, fields)
  if code < 0 then
    return code
  end
  local score, due = delayedScore(q, tonumber(timestamp), tonumber(delay))
  if countsAttempt then
    call('HSET', jobKey, 'delay', delay, 'atm', nextCount(jobKey, 'atm', known[1], fields), unpack(fields or {}))
  else
    call('HSET', jobKey, 'delay', delay, unpack(fields or {}))
  end
  maxEvents(q)
  call('ZADD', q.delayed, score, id)
  q.promoted = false
  emitCapped(q, 'delayed', 'jobId', id, 'delay', due)
  return 0
end
