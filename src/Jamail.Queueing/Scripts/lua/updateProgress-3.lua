-- updateProgress-3: keeps and tells how far a job is.
-- KEYS[1] job  [2] events  [3] meta
-- ARGV[1] id  [2] progress JSON
-- reply: 0; -1 no job
--include queueOf
--include emitCapped
if call('EXISTS', KEYS[1]) ~= 1 then
  return -1
end
local q = queueOf(string.sub(KEYS[3], 1, -5), {events = KEYS[2], meta = KEYS[3]})
maxEvents(q)
call('HSET', KEYS[1], 'progress', ARGV[2])
emitCapped(q, 'progress', 'jobId', ARGV[1], 'data', ARGV[2])
return 0
