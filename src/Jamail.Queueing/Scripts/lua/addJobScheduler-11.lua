-- addJobScheduler-11: makes or changes a scheduler and its next job.
-- KEYS[1] repeat  [2] delayed  [3] wait  [4] paused  [5] meta  [6] prioritized  [7] marker  [8] id  [9] events  [10] pc
--   [11] active
-- ARGV[1] next run ms, '' with `every`  [2] msgpack map {name, startDate?, endDate?, tz?, pattern?, every?, limit?,
--   offset?}  [3] scheduler id  [4] template data JSON  [5] msgpack map: template options  [6] msgpack map: options of the
--   job to make  [7] now ms  [8] prefix  [9] not read
-- reply: [job id, delay ms]; -10: the id of the next job is taken; -11: as are 32 slots of an `every` scheduler
--include queueOf
--include everyNext
--include removeJob
--include storeScheduler
--include schedulerJob
--include maxEvents
--include pausedLayout
local q = queueOf(ARGV[8], {
  ['repeat'] = KEYS[1], delayed = KEYS[2], wait = KEYS[3], paused = KEYS[4], meta = KEYS[5], prioritized = KEYS[6],
  marker = KEYS[7], id = KEYS[8], events = KEYS[9], pc = KEYS[10], active = KEYS[11]
})
local id = ARGV[3]
local hashKey = q['repeat'] .. ':' .. id
local record, template, options = cmsgpack.unpack(ARGV[2]), cmsgpack.unpack(ARGV[5]), cmsgpack.unpack(ARGV[6])
local now = tonumber(ARGV[7])
local every = record.every
local mostSlots = 32

-- The pending job of the scheduler gives way. In a paused queue 6.7.0 looks for it in paused only, though it may wait in
-- wait; that is kept where jobs of a paused queue are to be in wait, as they are for 6.7.0.
local function removePending(previous)
  local jobId = 'repeat:' .. id .. ':' .. previous
  if call('EXISTS', hashKey .. ':' .. previous) == 0 then
    return false
  end
  if call('ZSCORE', q.delayed, jobId) then
    removeJob(q, jobId, true, true)
    call('ZREM', q.delayed, jobId)
    return true
  elseif call('ZSCORE', q.prioritized, jobId) then
    removeJob(q, jobId, true, true)
    call('ZREM', q.prioritized, jobId)
    return true
  end
  local paused = meta(q)[1]
  if (not paused or pausedLayout ~= 'wait') and call('LREM', q.wait, '1', jobId) > 0
    or paused and call('LREM', q.paused, '1', jobId) > 0 then
    removeJob(q, jobId, true, true)
    return true
  end
  return false
end

maxEvents(q)
local score = call('ZSCORE', q['repeat'], id)
local previous = score and tonumber(score)
local newOffset = record.offset or options['repeat'] and options['repeat'].offset or 0
local nextMillis = ARGV[1]
local changed = false
if every then
  if previous and tonumber(call('HGET', hashKey, 'every') or nil) ~= tonumber(every) then
    changed = true
  end
  every = tonumber(every)
  nextMillis, newOffset = everyNext(not changed and previous, every, now, newOffset, record.startDate)
end

local removed = previous and removePending(score)
if removed then
  if every and not changed then
    nextMillis = previous
  end
else
  record.offset = newOffset
end

local collides = call('EXISTS', hashKey .. ':' .. nextMillis) == 1
if every then
  local slots = 1
  while collides do
    if slots > mostSlots then
      return -11
    end
    nextMillis = nextMillis + every
    collides = call('EXISTS', hashKey .. ':' .. nextMillis) == 1
    slots = slots + 1
  end
end
if collides and not removed then
  return -10
end

local delay = math.max(0, nextMillis - now)
local jobId = 'repeat:' .. id .. ':' .. nextMillis
storeScheduler(q, id, hashKey, nextMillis, record, ARGV[4], template)
call('INCR', q.id)
schedulerJob(q, jobId, options, record.name, now, ARGV[4], id, delay)
return {jobId, delay}
