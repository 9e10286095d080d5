--include call
-- Takes the first prioritized job into active. The counter of arrivals starts anew when none is left.
local function popPrioritized(q)
  local id = call('ZPOPMIN', q.prioritized)[1]
  if id then
    call('LPUSH', q.active, id)
    return id
  end
  call('DEL', q.pc)
end
