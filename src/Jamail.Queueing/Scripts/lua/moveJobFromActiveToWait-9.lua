-- moveJobFromActiveToWait-9: an active job goes back in front of all others; no attempt counts.
-- KEYS[1] active  [2] wait  [3] stalled  [4] paused  [5] meta  [6] limiter  [7] prioritized  [8] marker  [9] events
-- ARGV[1] id  [2] token  [3] job key
-- reply: how long the rate limit still binds, ms, or 0; -1 no job, -2 no lock, -6 another's lock
--include queueOf
--include returnJob
local q = queueOf(string.sub(ARGV[3], 1, -#ARGV[1] - 1), {
  active = KEYS[1], wait = KEYS[2], stalled = KEYS[3], paused = KEYS[4], meta = KEYS[5], limiter = KEYS[6],
  prioritized = KEYS[7], marker = KEYS[8], events = KEYS[9]
})
return returnJob(q, ARGV[1], ARGV[3], ARGV[2])
