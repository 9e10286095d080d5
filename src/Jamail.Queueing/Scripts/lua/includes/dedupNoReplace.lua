--include dedupStale
--include dedupNext
-- Deduplication that keeps the existing job. Replies its id, or nil when the new job is to be added.
local function dedupNoReplace(q, job, id)
  local de = job.de
  local key = job.dedupKey
  local ttl = de.ttl and de.ttl > 0 and de.ttl
  if ttl and de.extend then
    local owner = call('GET', key)
    if not owner then
      dedupOwn(key, id, de)
      return
    end
    if dedupStale(q, job, owner, id) then
      return
    end
    if not dedupNext(q, job, owner, id) then
      dedupOwn(key, owner, de)
      dedupTell(q, job, owner, id)
    end
    return owner
  end
  local set
  if ttl and not de.keepLastIfActive then
    set = call('SET', key, id, 'PX', ttl, 'NX')
  else
    set = call('SET', key, id, 'NX')
  end
  if set then
    return
  end
  local owner = call('GET', key)
  if dedupStale(q, job, owner, id) then
    return
  end
  if not dedupNext(q, job, owner, id) then
    dedupTell(q, job, owner, id)
  end
  return owner
end
