--include call
-- Takes an id out of the state it is in. Replies that state's name, or unknown.
local function anyState(q, id)
  local sets = {
    {'completed', q.completed}, {'waiting-children', q.waitingChildren}, {'delayed', q.delayed},
    {'failed', q.failed}, {'prioritized', q.prioritized}
  }
  for _, state in ipairs(sets) do
    if call('ZSCORE', state[2], id) then
      call('ZREM', state[2], id)
      return state[1]
    end
  end
  for _, name in ipairs({'wait', 'paused', 'active'}) do
    if call('LREM', q[name], '1', id) > 0 then
      return name
    end
  end
  return 'unknown'
end
