--include delayedScore
--include emitCapped
--include delayMark
-- A script that only adds delayed jobs may set q.firstDue to math.huge: then only an earlier job changes the mark.
local function addDelayed(q, id, timestamp, delay)
  local score, due = delayedScore(q, timestamp, delay)
  call('ZADD', q.delayed, score, id)
  q.promoted = false
  emitCapped(q, 'delayed', 'jobId', id, 'delay', due)
  if not q.firstDue or score < q.firstDue then
    delayMark(q)
    q.firstDue = q.firstDue and score
  end
end
