--include releaseIfDone
-- What the failure of a child means for its parent, by the flag in the child's parent link. Without a flag the parent
-- goes on waiting.
local function failParent(queueKey, parentKey, parentId, childKey, timestamp)
  call('ZADD', parentKey .. ':unsuccessful', timestamp, childKey)
  -- The parent may be a later outcome of the same group.
  queueOf(queueKey .. ':').childless = false
  if call('EXISTS', parentKey) == 0 then
    return
  end
  local q = queueOf(queueKey .. ':')
  local reason = 'child ' .. childKey .. ' failed'
  local set
  if call('ZSCORE', q.waitingChildren, parentId) then
    set = q.waitingChildren
  elseif call('ZSCORE', q.delayed, parentId) then
    set = q.delayed
    call('HSET', parentKey, 'delay', '0')
  end
  if set then
    call('ZREM', set, parentId)
    call('HSET', parentKey, 'defa', reason)
    parentToWait(queueKey, parentKey, parentId, timestamp)
  elseif not call('ZSCORE', q.failed, parentId) then
    call('HSET', parentKey, 'defa', reason)
  end
end

local function childFailed(parentJson, childKey, reason, timestamp)
  if not parentJson then
    return
  end
  local parent = cjson.decode(parentJson)
  if not (parent.fpof or parent.cpof or parent.idof or parent.rdof) then
    return
  end
  local parentKey = parent.queueKey .. ':' .. parent.id
  local dependencies = parentKey .. ':dependencies'
  if call('SREM', dependencies, childKey) ~= 1 then
    return
  end
  if parent.fpof then
    failParent(parent.queueKey, parentKey, parent.id, childKey, timestamp)
  elseif parent.cpof then
    call('HSET', parentKey .. ':failed', childKey, reason)
    releaseParent(parent.queueKey, parentKey, parent.id, timestamp)
  else
    releaseIfDone(parent.queueKey, dependencies, parentKey, parent.id, timestamp)
    if parent.idof then
      call('HSET', parentKey .. ':failed', childKey, reason)
    end
  end
end
