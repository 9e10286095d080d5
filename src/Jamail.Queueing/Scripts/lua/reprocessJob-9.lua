-- reprocessJob-9: a finished job is to run again.
-- KEYS[1] job  [2] events  [3] completed or failed  [4] wait  [5] meta  [6] active  [7] marker  [8] prioritized  [9] pc
-- ARGV[1] id  [2] LPUSH or RPUSH  [3] failedReason or returnvalue  [4] failed or completed  [5] 1: reset attempts made
--   [6] 1: reset attempts started
-- reply: 1; -1 no job, -3 not in that state
--include queueOf
--include blocked
--include push
--include addPrioritized
--include childBack
--include emitCapped
local q = queueOf(string.sub(KEYS[1], 1, -#ARGV[1] - 1), {
  events = KEYS[2], wait = KEYS[4], meta = KEYS[5], active = KEYS[6], marker = KEYS[7], prioritized = KEYS[8],
  pc = KEYS[9]
})
local key, id = KEYS[1], ARGV[1]
if call('EXISTS', key) ~= 1 then
  return -1
end
if call('ZREM', KEYS[3], id) ~= 1 then
  return -3
end
local fields = {'finishedOn', 'processedOn', ARGV[3]}
if ARGV[5] == '1' then
  fields[#fields + 1] = 'atm'
end
if ARGV[6] == '1' then
  fields[#fields + 1] = 'ats'
end
call('HDEL', key, unpack(fields))
local isBlocked = blocked(q)
local priority = tonumber(call('HGET', key, 'priority') or nil) or 0
if priority == 0 then
  push(q, ARGV[2], isBlocked, id)
else
  addPrioritized(q, priority, id, isBlocked)
end
childBack(key, ARGV[4])
emitCapped(q, 'waiting', 'jobId', id, 'prev', ARGV[4])
return 1
