-- restoreSchedulerJob-11: makes a job for a scheduler whose newest one is not there any more. Nothing when the scheduler has
-- moved on, or has a job for that time.
-- KEYS[1] repeat  [2] delayed  [3] wait  [4] paused  [5] meta  [6] prioritized  [7] marker  [8] id  [9] events  [10] pc
--   [11] active
-- ARGV[1] scheduler id  [2] score it was seen with  [3] next run ms  [4] msgpack map: options of the job  [5] now ms
--   [6] prefix
-- reply: 1; 0 when nothing was done
--include queueOf
--include schedulerJob
--include maxEvents
local q = queueOf(ARGV[6], {
  ['repeat'] = KEYS[1], delayed = KEYS[2], wait = KEYS[3], paused = KEYS[4], meta = KEYS[5], prioritized = KEYS[6],
  marker = KEYS[7], id = KEYS[8], events = KEYS[9], pc = KEYS[10], active = KEYS[11]
})
local id, nextMillis, now = ARGV[1], ARGV[3], tonumber(ARGV[5])
local hashKey = q['repeat'] .. ':' .. id
if call('ZSCORE', q['repeat'], id) ~= ARGV[2] or call('EXISTS', hashKey .. ':' .. nextMillis) == 1 then
  return 0
end
local stored = call('HMGET', hashKey, 'name', 'data')
if not stored[1] then
  return 0
end
maxEvents(q)
call('ZADD', q['repeat'], nextMillis, id)
call('INCR', q.id)
schedulerJob(q, 'repeat:' .. id .. ':' .. nextMillis, cmsgpack.unpack(ARGV[4]), stored[1], ARGV[5], stored[2] or '{}', id,
  math.max(0, tonumber(nextMillis) - now))
return 1
