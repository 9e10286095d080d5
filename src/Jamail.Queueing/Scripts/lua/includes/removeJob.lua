--include unlinkParent
--include dedupRemove
-- Deletes a job, but not its place in a state. hard: see unlinkParent; withDedup: its deduplication key goes too.
local function removeJob(q, id, hard, withDedup)
  local key = q.prefix .. id
  unlinkParent(key, hard, nil, q.prefix)
  if withDedup then
    dedupRemove(q, id, call('HGET', key, 'deid'))
  end
  removeKeys(key)
end
