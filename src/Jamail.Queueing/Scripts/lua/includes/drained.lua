--include call
-- Tells when nothing is left to do. While a group settles, nothing leaves the list that jobs wait in (q.busy).
local function drained(q)
  if q.busy then
    return
  end
  if call('LLEN', q.wait) > 0 then
    q.busy = q.group
  elseif call('LLEN', q.active) == 0 and call('ZCARD', q.prioritized) == 0 then
    call('XADD', q.events, '*', 'event', 'drained')
  end
end
