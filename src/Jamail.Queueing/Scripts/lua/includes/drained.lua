--include emit
-- Tells when nothing is left to do.
local function drained(q)
  if call('LLEN', q.wait) == 0 and call('LLEN', q.active) == 0 and call('ZCARD', q.prioritized) == 0 then
    emit(q, 'drained')
  end
end
