--include call
-- A finished child that runs again counts as unfinished with its parent. The parent's own state stays.
local function childBack(jobKey, previous)
  local parentKey = call('HGET', jobKey, 'parentKey')
  if not parentKey or call('EXISTS', parentKey) == 0 then
    return
  end
  local undone
  if previous == 'failed' then
    undone = call('ZREM', parentKey .. ':unsuccessful', jobKey) == 1
      or call('HDEL', parentKey .. ':failed', jobKey) == 1
  else
    undone = call('HDEL', parentKey .. ':processed', jobKey) == 1
  end
  if undone then
    call('SADD', parentKey .. ':dependencies', jobKey)
  end
end
