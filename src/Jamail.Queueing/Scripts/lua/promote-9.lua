-- promote-9: a delayed job is to run now.
-- KEYS[1] delayed  [2] wait  [3] paused  [4] meta  [5] prioritized  [6] active  [7] pc  [8] events  [9] marker
-- ARGV[1] prefix  [2] id
-- reply: 0; -3 not delayed
--include queueOf
--include blocked
--include push
--include addPrioritized
--include emit
local q = queueOf(ARGV[1], {
  delayed = KEYS[1], wait = KEYS[2], paused = KEYS[3], meta = KEYS[4], prioritized = KEYS[5], active = KEYS[6],
  pc = KEYS[7], events = KEYS[8], marker = KEYS[9]
})
local id = ARGV[2]
local key = q.prefix .. id
if call('ZREM', q.delayed, id) ~= 1 then
  return -3
end
local priority = tonumber(call('HGET', key, 'priority') or nil) or 0
local isBlocked = blocked(q)
local list = waitingList(q)
local head = call('LINDEX', list, '0')
if head and string.sub(head, 1, 2) == '0:' then
  -- A marker of a version before 5.
  call('LPOP', list)
end
if priority == 0 then
  push(q, 'LPUSH', isBlocked, id)
else
  addPrioritized(q, priority, id, isBlocked)
end
emit(q, 'waiting', 'jobId', id, 'prev', 'delayed')
call('HSET', key, 'delay', '0')
return 0
