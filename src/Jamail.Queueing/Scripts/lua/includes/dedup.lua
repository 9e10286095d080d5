--include dedupReplace
--include dedupNoReplace
--include addDelayed
-- Deduplication of an add. Replies the id of the job that stays in the new one's stead, or nil.
local function dedup(q, job, id)
  local de = job.de
  if de.replace then
    return dedupReplace(q, job, id)
  end
  local owner = dedupNoReplace(q, job, id)
  if owner and de.reschedule and call('ZSCORE', q.delayed, owner) then
    local delay = tonumber(job.delay) or 0
    call('HSET', q.prefix .. owner, 'delay', delay)
    addDelayed(q, owner, tonumber(job.timestamp), delay)
  end
  return owner
end
