-- isMaxed-2: whether as many jobs are active as the queue allows.
-- KEYS[1] meta  [2] active
-- reply: 1 or nil
--include call
local concurrency = call('HGET', KEYS[1], 'concurrency')
return concurrency and call('LLEN', KEYS[2]) >= tonumber(concurrency) or false
