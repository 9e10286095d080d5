--include keySplit
--include queueOf
--include blocked
--include push
--include emit
--include removeKeys
-- Takes a job out of its parent's unfinished children. A parent that waited for nothing else goes on; under a hard
-- removal a parent of the same queue is removed too. Replies whether the job was such a child.
local function unlinkParent(jobKey, hard, parentKey, baseKey)
  local dedupId
  if not parentKey then
    local fields = call('HMGET', jobKey, 'parentKey', 'deid')
    parentKey = fields[1]
    dedupId = fields[2]
    if not parentKey or parentKey == '' or call('EXISTS', parentKey) == 0 then
      return false
    end
  end
  local dependencies = parentKey .. ':dependencies'
  if call('SREM', dependencies, jobKey) == 0 then
    return false
  end
  if call('SCARD', dependencies) == 0 then
    local prefix, id = keySplit(parentKey)
    local q = queueOf(prefix)
    if call('ZREM', q.waitingChildren, id) == 1 then
      if hard and prefix == baseKey then
        unlinkParent(parentKey, hard, nil, baseKey)
        removeKeys(parentKey)
        if dedupId then
          call('DEL', prefix .. 'de:' .. dedupId)
        end
      else
        push(q, 'RPUSH', blocked(q), id)
        if not hard then
          emit(q, 'waiting', 'jobId', id, 'prev', 'waiting-children')
        end
      end
    end
  end
  return true
end
