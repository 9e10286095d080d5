--include meta
-- Whether the queue may not give out a job now: it is paused, or as many are active as it allows.
local function blocked(q)
  local known = meta(q)
  if known[1] then
    return true
  end
  return known[2] and call('LLEN', q.active) >= tonumber(known[2]) or false
end
