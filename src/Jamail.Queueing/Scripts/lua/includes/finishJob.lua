--include unlock
--include trimEvents
--include removeKeys
--include nextCount
--include addFinished
--include emit
--seldom dedupFinish dedupRequeue finishParent unlinkParent
--seldom keepAge keepCount
--seldom countMetrics
-- A job is done or given up. Replies 0, or -1, -2, -3, -4, -6, -9.
-- job: id, key, token, value, target (completed, failed), field (returnvalue, failedReason), set, fields, keep {count, age,
-- limit}, attempts, maxMetrics ('' for none).
local function finishJob(q, job, timestamp)
  local id, key, target = job.id, job.key, job.target
  local known = call('HMGET', key, 'parentKey', 'parent', 'deid', 'atm', 'ats')
  if not known[5] and call('EXISTS', key) ~= 1 then
    return -1
  end
  if target == 'completed' and not q.childless then
    if call('SCARD', key .. ':dependencies') ~= 0 then
      return -4
    end
    if call('ZCARD', key .. ':unsuccessful') ~= 0 then
      return -9
    end
  end
  local code = unlock(q, key, job.token, id)
  if code < 0 then
    return code
  end
  if job.fields then
    call('HMSET', key, unpack(job.fields))
  end
  local count, age = job.keep.count, job.keep.age
  local parentKey, deid = known[1] or '', known[3]
  if call('LREM', q.active, '-1', id) < 1 then
    return -3
  end
  trimEvents(q)
  if deid then
    dedupFinish(q, deid, id)
    dedupRequeue(q, deid, timestamp)
  end
  if parentKey ~= '' or known[2] then
    flushFinished(q, q.failed)
    finishParent(key, parentKey, known[2], target, job.value, timestamp)
  end
  local attemptsMade = nextCount(key, 'atm', known[4])
  if count ~= 0 then
    addFinished(q, job.set, timestamp, id)
    call('HSET', key, 'atm', attemptsMade, job.field, job.value, 'finishedOn', timestamp)
    if target == 'failed' then
      call('HDEL', key, 'defa')
    end
    if age or count and count > 0 then
      flushFinished(q, job.set)
    end
    if age then
      keepAge(q, tonumber(timestamp), age, job.set, job.keep.limit or 1000)
    end
    if count and count > 0 then
      keepCount(q, count, job.set)
    end
  else
    removeKeys(key)
    if parentKey ~= '' then
      unlinkParent(key, false, parentKey, nil)
    end
  end
  emit(q, target, 'jobId', id, job.field, job.value, 'prev', 'active')
  if target == 'failed' and tonumber(attemptsMade) >= tonumber(job.attempts) then
    emit(q, 'retries-exhausted', 'jobId', id, 'attemptsMade', attemptsMade)
  end
  if job.maxMetrics ~= '' then
    countMetrics(q, job, timestamp)
  end
  return 0
end
