--include releaseParent
local function releaseIfDone(queueKey, dependenciesKey, parentKey, parentId, timestamp)
  if call('SCARD', dependenciesKey) == 0 then
    releaseParent(queueKey, parentKey, parentId, timestamp)
  end
end
