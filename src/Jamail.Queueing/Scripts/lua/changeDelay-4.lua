-- changeDelay-4: a delayed job is due at another time.
-- KEYS[1] delayed  [2] meta  [3] marker  [4] events
-- ARGV[1] delay ms  [2] now ms  [3] id  [4] job key
-- reply: 0; -1 no job, -3 not delayed
--include queueOf
--include delayedScore
--include emitCapped
--include delayMark
local id, key = ARGV[3], ARGV[4]
local q = queueOf(string.sub(key, 1, -#id - 1), {
  delayed = KEYS[1], meta = KEYS[2], marker = KEYS[3], events = KEYS[4]
})
if call('EXISTS', key) ~= 1 then
  return -1
end
local delay = tonumber(ARGV[1])
-- Its own entry counts when the place within the millisecond is chosen.
local score, due = delayedScore(q, tonumber(ARGV[2]), delay)
if call('ZREM', q.delayed, id) < 1 then
  return -3
end
call('HSET', key, 'delay', delay)
call('ZADD', q.delayed, score, id)
emitCapped(q, 'delayed', 'jobId', id, 'delay', due)
delayMark(q)
return 0
