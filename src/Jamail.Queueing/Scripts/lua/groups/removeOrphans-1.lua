-- removeOrphans-1: removes those of some jobs that are in no state, and what is left beside hashes that are gone. Records of
-- schedulers, metrics and other keys of the queue are no jobs and stay; so does a job under a lock.
-- KEYS[1] prefix
-- ARGV ids
-- reply: how many were removed
--include queueOf
--include findState
--include removeTree
--include removeKeys
local q = queueOf(KEYS[1])
local states = {
  q.completed, q.failed, q.delayed, q.active, q.wait, q.paused, q.waitingChildren, q.prioritized
}

local function isJob(key, kind)
  if kind == 'none' then
    return true
  end
  if kind ~= 'hash' then
    return false
  end
  local fields = call('HMGET', key, 'timestamp', 'processedOn', 'ats', 'stc')
  return fields[1] or fields[2] or fields[3] or fields[4]
end

local removed = 0
for _, id in ipairs(ARGV) do
  local key = q.prefix .. id
  local kind = call('TYPE', key).ok
  if isJob(key, kind) and findState(states, id) == 'unknown' and call('EXISTS', key .. ':lock') == 0 then
    if kind == 'hash' then
      removeTree(q.prefix, id, nil, {})
      removed = removed + 1
    elseif removeKeys(key) > 0 then
      removed = removed + 1
    end
  end
end
return removed
