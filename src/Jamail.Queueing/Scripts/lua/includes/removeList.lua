--include removeJob
-- Removes the jobs of a list, most at most (0: all) from its head, but not those in keep. Replies most less their number.
-- Where none is kept the list is cut; otherwise each id is taken out by itself, so that those kept stay.
local function removeList(q, list, hard, most, keep)
  local ids = call('LRANGE', list, '0', most - 1)
  local removed = 0
  local keeps = false
  for _, id in ipairs(ids) do
    if keep and keep[id] then
      keeps = true
    else
      removeJob(q, id, hard, true)
      removed = removed + 1
    end
  end
  if not keeps then
    call('LTRIM', list, removed, '-1')
  else
    for _, id in ipairs(ids) do
      if not keep[id] then
        call('LREM', list, '1', id)
      end
    end
  end
  return most - removed
end
