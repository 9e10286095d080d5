--include call
-- Where a job is. keys: completed, failed, delayed, active, wait, paused, waiting-children, prioritized. holds(list, id)
-- looks into a list; left out, LPOS does.
local function findState(keys, id, holds)
  holds = holds or function(list)
    return call('LPOS', list, id)
  end
  if call('ZSCORE', keys[1], id) then
    return 'completed'
  elseif call('ZSCORE', keys[2], id) then
    return 'failed'
  elseif call('ZSCORE', keys[3], id) then
    return 'delayed'
  elseif call('ZSCORE', keys[8], id) then
    return 'prioritized'
  elseif holds(keys[4], id) then
    return 'active'
  elseif holds(keys[5], id) or holds(keys[6], id) then
    return 'waiting'
  elseif call('ZSCORE', keys[7], id) then
    return 'waiting-children'
  end
  return 'unknown'
end
