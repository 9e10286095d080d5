--include childDone
--include childFailed
--include keySplit
-- Tells the parent of a finished job.
local function finishParent(jobKey, parentKey, parentJson, target, value, timestamp)
  local parentId, queueKey
  if parentJson then
    local parent = cjson.decode(parentJson)
    parentId, queueKey = parent.id, parent.queueKey
  elseif parentKey ~= '' then
    local prefix
    prefix, parentId = keySplit(parentKey)
    queueKey = string.sub(prefix, 1, -2)
  end
  if not parentId then
    return
  end
  if target == 'completed' then
    local dependencies = parentKey .. ':dependencies'
    if call('SREM', dependencies, jobKey) == 1 then
      childDone(parentKey, queueKey, dependencies, parentId, jobKey, value, timestamp)
    end
  else
    childFailed(parentJson, jobKey, value, timestamp)
  end
end
