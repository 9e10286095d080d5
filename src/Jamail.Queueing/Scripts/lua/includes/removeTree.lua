--include queueOf
--include unlinkParent
--include removeChildren
--include anyState
--include dedupRemove
--include emitCapped
-- Removes a job wherever it is, with its children when options.removeChildren says so. Locked or failed jobs stay when
-- options.ignoreLocked or options.ignoreProcessed say so.
local function removeTree(prefix, id, parentKey, options)
  local q = queueOf(prefix)
  local jobKey = prefix .. id
  if options.ignoreLocked and call('GET', jobKey .. ':lock') then
    return
  end
  if options.ignoreProcessed and call('ZSCORE', q.failed, id) then
    return
  end
  unlinkParent(jobKey, false, parentKey, nil)
  if options.removeChildren then
    removeChildren(jobKey, options, removeTree)
  end
  local previous = anyState(q, id)
  dedupRemove(q, id, call('HGET', jobKey, 'deid'))
  if removeKeys(jobKey) > 0 then
    emitCapped(q, 'removed', 'jobId', id, 'prev', previous)
  end
end
