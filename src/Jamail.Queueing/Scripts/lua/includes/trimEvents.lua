--include maxEvents
-- Trims the event stream; in a group once.
local function trimEvents(q)
  local most = maxEvents(q)
  if q.group ~= 'trimmed' then
    call('XTRIM', q.events, 'MAXLEN', '~', most)
    q.group = q.group and 'trimmed'
  end
end
