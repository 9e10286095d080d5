-- changePriority-7: a waiting job gets another priority; of a job elsewhere only the field changes.
-- KEYS[1] wait  [2] paused  [3] meta  [4] prioritized  [5] active  [6] pc  [7] marker
-- ARGV[1] priority  [2] prefix  [3] id  [4] 1: in front of its equals
-- reply: 0; -1 no job
--include queueOf
--include blocked
--include push
--include addPrioritized
--include frontPrioritized
local q = queueOf(ARGV[2], {
  wait = KEYS[1], paused = KEYS[2], meta = KEYS[3], prioritized = KEYS[4], active = KEYS[5], pc = KEYS[6],
  marker = KEYS[7]
})
local priority, id, lifo = tonumber(ARGV[1]), ARGV[3], ARGV[4] == '1'
local key = q.prefix .. id
if call('EXISTS', key) ~= 1 then
  return -1
end
local isBlocked = blocked(q)
if call('ZREM', q.prioritized, id) > 0 or call('LREM', q.wait, '-1', id) > 0 or call('LREM', q.paused, '-1', id) > 0 then
  if priority == 0 then
    push(q, lifo and 'RPUSH' or 'LPUSH', isBlocked, id)
  elseif lifo then
    frontPrioritized(q, priority, id)
  else
    addPrioritized(q, priority, id, isBlocked)
  end
end
call('HSET', key, 'priority', priority)
return 0
