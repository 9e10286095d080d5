--include countTaken
--include emit
-- Makes a job that is in active already the worker's own. Replies [fields and values, id, 0, 0].
local function prepare(q, id, processedOn, maxJobs, duration, terms)
  local key = q.prefix .. id
  if maxJobs then
    countTaken(q, call('HEXISTS', key, 'defa') == 1, maxJobs, duration)
  end
  if terms.token ~= '0' then
    call('SET', key .. ':lock', terms.token, 'PX', terms.lockDuration)
  end
  emit(q, 'active', 'jobId', id, 'prev', 'waiting')
  if terms.name then
    call('HMSET', key, 'processedOn', processedOn, 'pb', terms.name)
  else
    call('HSET', key, 'processedOn', processedOn)
  end
  call('HINCRBY', key, 'ats', '1')
  call('ZADD', q.marker, '0', '0')
  return {call('HGETALL', key), id, 0, 0}
end
