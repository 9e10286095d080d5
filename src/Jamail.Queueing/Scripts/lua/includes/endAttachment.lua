--include releaseIfDone
-- The end of a flow's insert for one parent: it goes on if its children are all done, unless a child could not be attached.
local function endAttachment(queueKey, dependenciesKey, parentKey, parentId, timestamp)
  if call('HGET', parentKey, 'flowAttachmentFailed') then
    call('HDEL', parentKey, 'flowAttachmentFailed')
    return
  end
  releaseIfDone(queueKey, dependenciesKey, parentKey, parentId, timestamp)
end
