-- moveToActive-11: takes the next job for a worker.
-- KEYS[1] wait  [2] active  [3] prioritized  [4] events  [5] stalled  [6] limiter  [7] delayed  [8] paused  [9] meta
--   [10] pc  [11] marker
-- ARGV[1] prefix  ARGV[2] now ms  ARGV[3] msgpack map {token, lockDuration, limiter {max, duration} or nil, name or nil}
-- reply: [fields and values, id, 0, 0], or without a job [0, 0, limited ms, next due ms]
--include queueOf
--include fetchGate
--include popPrioritized
--include prepare
--include nextDue
local q = queueOf(ARGV[1], {
  wait = KEYS[1], active = KEYS[2], prioritized = KEYS[3], events = KEYS[4], stalled = KEYS[5], limiter = KEYS[6],
  delayed = KEYS[7], paused = KEYS[8], meta = KEYS[9], pc = KEYS[10], marker = KEYS[11]
})
local terms = cmsgpack.unpack(ARGV[3])
local answer, maxJobs, duration = fetchGate(q, tonumber(ARGV[2]), terms)
if answer then
  return answer
end
local id = call('RPOPLPUSH', q.wait, q.active)
if id and string.sub(id, 1, 2) == '0:' then
  -- A marker of a version before 5.
  call('LREM', q.active, '1', id)
  id = call('RPOPLPUSH', q.wait, q.active)
end
id = id or popPrioritized(q)
if id then
  return prepare(q, id, ARGV[2], maxJobs, duration, terms)
end
return {0, 0, 0, nextDue(q) or 0}
