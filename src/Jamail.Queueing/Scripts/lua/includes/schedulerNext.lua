--include queueOf
--include everyNext
--include schedulerJob
--include emitCapped
-- Makes the job of a scheduler that follows the one taken. nextMillis is read without `every` only; packed are its options
-- (msgpack map). data ('' or nil for none) is what a repeatable job of BullMQ 5 carries, whose record has none; it is kept there.
-- Replies the id of the new job; nil when the taken job was not the pending one, or the next one exists already.
local function schedulerNext(q, id, nextMillis, packed, timestamp, takenId, takenData)
  local hashKey = q['repeat'] .. ':' .. id
  local score = call('ZSCORE', q['repeat'], id)
  if not score then
    return nil
  end
  local options = cmsgpack.unpack(packed)
  local stored = call('HMGET', hashKey, 'name', 'data', 'every', 'startDate', 'offset', 'ic')
  local given = options['repeat'] or {}
  local every = tonumber(stored[3] or given.every)
  local now = tonumber(timestamp)
  if every then
    nextMillis = everyNext(tonumber(score), every, now, stored[5] or given.offset or 0, stored[4])
  else
    nextMillis = tonumber(nextMillis)
  end
  local jobId = 'repeat:' .. id .. ':' .. nextMillis
  if takenId ~= 'repeat:' .. id .. ':' .. score then
    return nil
  end
  local data = stored[2]
  if takenData and takenData ~= '' and stored[1] and not data and not stored[6] then
    data = takenData
    call('HSET', hashKey, 'data', data)
  end
  maxEvents(q)
  if call('EXISTS', hashKey .. ':' .. nextMillis) == 1 then
    emitCapped(q, 'duplicated', 'jobId', jobId)
    return nil
  end
  call('ZADD', q['repeat'], nextMillis, id)
  call('HINCRBY', hashKey, 'ic', '1')
  call('INCR', q.id)
  local delay = math.max(0, nextMillis - now)
  schedulerJob(q, jobId, options, stored[1], timestamp, data or '{}', id, delay)
  return jobId
end
