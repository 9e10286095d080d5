--include removeJob
--include removeMembers
-- Removes the jobs of a sorted set, most at most (0: all) by score, but not those in keep. Replies most less their number.
local function removeZset(q, set, hard, most, keep)
  local removed = {}
  for _, id in ipairs(call('ZRANGE', set, '0', most - 1)) do
    if not (keep and keep[id]) then
      removeJob(q, id, hard, true)
      removed[#removed + 1] = id
    end
  end
  removeMembers(set, removed)
  return most - #removed
end
