--include maxEvents
-- Adds an event and trims the stream to about its length; a group trims once.
local function emitCapped(q, ...)
  local most = maxEvents(q)
  if q.group == 'trimmed' then
    call('XADD', q.events, '*', 'event', ...)
  else
    call('XADD', q.events, 'MAXLEN', '~', most, '*', 'event', ...)
    q.group = q.group and 'trimmed'
  end
end
