--include call
--include childBack
-- The children of a finished job that are in the same set as it, up to a score, count as unfinished again: they run again too,
-- whether before it or after it. Replies how many children it looked at.
local function childrenBack(q, id, previous, set, highest)
  local key = q.prefix .. id
  local looked = 0
  local function look(children)
    looked = looked + #children
    for _, child in ipairs(children) do
      local score = string.sub(child, 1, #q.prefix) == q.prefix and call('ZSCORE', set, string.sub(child, #q.prefix + 1))
      if score and tonumber(score) <= highest then
        childBack(child, previous)
      end
    end
  end
  if previous == 'failed' then
    look(call('HKEYS', key .. ':failed'))
    look(call('ZRANGE', key .. ':unsuccessful', '0', '-1'))
  else
    look(call('HKEYS', key .. ':processed'))
  end
  return looked
end
