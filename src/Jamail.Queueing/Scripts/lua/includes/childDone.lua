--include releaseIfDone
-- Records the value of a completed child with its parent, and lets the parent go on after the last one.
local function childDone(parentKey, queueKey, dependenciesKey, parentId, childKey, value, timestamp)
  call('HSET', parentKey .. ':processed', childKey, value)
  releaseIfDone(queueKey, dependenciesKey, parentKey, parentId, timestamp)
end
