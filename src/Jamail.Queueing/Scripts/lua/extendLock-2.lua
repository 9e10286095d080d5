-- extendLock-2: keeps the lock of a running job alive.
-- KEYS[1] lock  [2] stalled
-- ARGV[1] token  [2] duration ms  [3] id
-- reply: 1; 0 when the lock is no longer ours
--include call
if call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
call('SREM', KEYS[2], ARGV[3])
return 1
