--include delayedScore
--include emitCapped
--include delayMark
local function addDelayed(q, id, timestamp, delay)
  local score, due = delayedScore(q, timestamp, delay)
  call('ZADD', q.delayed, score, id)
  q.promoted = false
  emitCapped(q, 'delayed', 'jobId', id, 'delay', due)
  delayMark(q)
end
