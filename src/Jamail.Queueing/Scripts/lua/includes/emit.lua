--include call
-- Adds an event without trimming the stream. First argument after q: the event's name, then its fields.
local function emit(q, ...)
  call('XADD', q.events, '*', 'event', ...)
end
