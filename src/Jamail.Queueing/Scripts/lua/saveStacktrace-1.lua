-- saveStacktrace-1: keeps why an attempt failed.
-- KEYS[1] job
-- ARGV[1] stack traces JSON  [2] reason
-- reply: 0; -1 no job
--include call
if call('EXISTS', KEYS[1]) ~= 1 then
  return -1
end
call('HMSET', KEYS[1], 'stacktrace', ARGV[1], 'failedReason', ARGV[2])
return 0
