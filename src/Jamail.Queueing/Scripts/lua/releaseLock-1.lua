-- releaseLock-1: gives up a lock.
-- KEYS[1] lock
-- ARGV[1] token
-- reply: 1; 0 when the lock is not ours
--include call
if call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return call('DEL', KEYS[1])
