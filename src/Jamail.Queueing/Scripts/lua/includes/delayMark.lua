--include nextDue
-- Tells idle workers when the first delayed job is due, paused or not.
local function delayMark(q)
  local due = nextDue(q)
  if due then
    call('ZADD', q.marker, due, '1')
  end
end
