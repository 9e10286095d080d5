--include parentToWait
-- Lets a parent go on, if it exists and waits for its children.
local function releaseParent(queueKey, parentKey, parentId, timestamp)
  if call('EXISTS', parentKey) == 1 then
    local waitingChildren = queueOf(queueKey .. ':').waitingChildren
    if call('ZSCORE', waitingChildren, parentId) then
      call('ZREM', waitingChildren, parentId)
      parentToWait(queueKey, parentKey, parentId, timestamp)
    end
  end
end
