-- updateJobScheduler-12: makes the next job of a scheduler when its pending one has been taken.
-- KEYS[1] repeat  [2] delayed  [3] wait  [4] paused  [5] meta  [6] prioritized  [7] marker  [8] id  [9] events  [10] pc
--   [11] not read  [12] active
-- ARGV[1] next run ms, '' with `every`  [2] scheduler id  [3] not read  [4] msgpack map: options of the job to make
--   [5] now ms  [6] prefix  [7] id of the job that was taken
-- reply: id of the new job; nil when the taken job was not the pending one, or the next one exists already
--include queueOf
--include everyNext
--include schedulerJob
--include emitCapped
local q = queueOf(ARGV[6], {
  ['repeat'] = KEYS[1], delayed = KEYS[2], wait = KEYS[3], paused = KEYS[4], meta = KEYS[5], prioritized = KEYS[6],
  marker = KEYS[7], id = KEYS[8], events = KEYS[9], pc = KEYS[10], active = KEYS[12]
})
local id = ARGV[2]
local hashKey = q['repeat'] .. ':' .. id
local score = call('ZSCORE', q['repeat'], id)
if not score then
  return nil
end
local options = cmsgpack.unpack(ARGV[4])
local stored = call('HMGET', hashKey, 'name', 'data', 'every', 'startDate', 'offset')
local given = options['repeat'] or {}
local every = tonumber(stored[3] or given.every)
local now = tonumber(ARGV[5])
local nextMillis
if every then
  local offset = stored[5] or given.offset or 0
  nextMillis = everyNext(tonumber(score), every, now, offset, stored[4])
else
  nextMillis = tonumber(ARGV[1])
end
local jobId = 'repeat:' .. id .. ':' .. nextMillis
if ARGV[7] ~= 'repeat:' .. id .. ':' .. score then
  return nil
end
maxEvents(q)
if call('EXISTS', hashKey .. ':' .. nextMillis) == 1 then
  emitCapped(q, 'duplicated', 'jobId', jobId)
  return nil
end
call('ZADD', q['repeat'], nextMillis, id)
call('HINCRBY', hashKey, 'ic', 1)
call('INCR', q.id)
local delay = math.max(0, nextMillis - now)
schedulerJob(q, jobId, options, stored[1], ARGV[5], stored[2] or '{}', id, delay)
return jobId
