-- moveToWaitingChildren-7: an active job waits for its children.
-- KEYS[1] active  [2] waiting-children  [3] job  [4] its dependencies  [5] its unsuccessful  [6] stalled  [7] events
-- ARGV[1] token  [2] the child to wait for, '' for any  [3] now ms  [4] id  [5] prefix (not read)
-- reply: 0; 1 nothing to wait for; -1 no job, -2 no lock, -3 not active, -6 another's lock, -9 failed children
--include queueOf
--include unlock
--include emit
local id, key = ARGV[4], KEYS[3]
local q = queueOf(string.sub(key, 1, -#id - 1), {
  active = KEYS[1], waitingChildren = KEYS[2], stalled = KEYS[6], events = KEYS[7]
})
if call('EXISTS', key) ~= 1 then
  return -1
end
if call('ZCARD', KEYS[5]) ~= 0 then
  return -9
end
local open
if ARGV[2] ~= '' then
  open = call('SISMEMBER', KEYS[4], ARGV[2])
else
  open = call('SCARD', KEYS[4])
end
if open == 0 then
  return 1
end
local code = unlock(q, key, ARGV[1], id)
if code < 0 then
  return code
end
if call('LREM', q.active, -1, id) < 1 then
  return -3
end
call('ZADD', q.waitingChildren, tonumber(ARGV[3]), id)
emit(q, 'waiting-children', 'jobId', id, 'prev', 'active')
return 0
