--include dedupStale
--include dedupNext
--include removeKeys
--include emit
-- Deduplication that puts the new job in the place of a delayed one. Replies the id of an owner that stays, or nil.
local function dedupReplace(q, job, id)
  local de = job.de
  local key = job.dedupKey
  local owner = call('GET', key)
  if not owner then
    dedupOwn(key, id, de)
    return
  end
  if call('ZREM', q.delayed, owner) > 0 then
    removeKeys(q.prefix .. owner)
    emit(q, 'removed', 'jobId', owner, 'prev', 'delayed')
    dedupTell(q, job, id, owner)
    call('DEL', q.prefix .. 'dn:' .. de.id)
    if de.keepLastIfActive then
      call('SET', key, id)
    elseif not de.extend and de.ttl and de.ttl > 0 then
      call('SET', key, id, 'KEEPTTL')
    else
      dedupSet(key, id, de)
    end
    return
  end
  if dedupStale(q, job, owner, id) then
    return
  end
  dedupNext(q, job, owner, id)
  return owner
end
