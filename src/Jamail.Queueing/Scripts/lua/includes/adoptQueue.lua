--include queueOf
-- Makes a table that a script has filled itself the queue of its prefix, as if queueOf had made it.
local function adoptQueue(q)
  if not queues[q.prefix] then
    setmetatable(q, lazy)
    queues[q.prefix] = q
  end
end
