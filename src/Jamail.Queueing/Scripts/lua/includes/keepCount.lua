--include removeJob
-- Keeps the newest jobs of a finished set.
local function keepCount(q, count, set)
  local ids = call('ZREVRANGE', set, count, '-1')
  for _, id in ipairs(ids) do
    removeJob(q, id, false, false)
  end
  if #ids > 0 then
    call('ZREMRANGEBYRANK', set, '0', -(count + 1))
  end
end
