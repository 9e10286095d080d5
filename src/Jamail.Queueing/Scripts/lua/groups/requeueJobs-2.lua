-- requeueJobs-2: jobs of a state are to run: failed or completed ones again, delayed ones now. Each goes where reprocessJob or
-- promote would put it, so that priorities hold; but a finished parent that has unfinished children, because they run again
-- too, in this call or a later one, waits for them. Call again while any were moved; of delayed jobs, while as many as asked for.
-- KEYS[1] prefix  [2] the state's set
-- ARGV[1] how many at most  [2] highest score, or +inf  [3] failed, completed or delayed  [4] 1: reset the attempts  [5] now ms
-- reply: how many were moved
--include queueOf
--include blocked
--include push
--include addPrioritized
--include childBack
--include childrenBack
--include emitCapped
local q = queueOf(KEYS[1])
q.group = true
local state = ARGV[3]
-- At most so many children are looked at before the jobs found are moved and the rest is left to the next call.
local mostChildren = 10000
local fields = {'finishedOn', 'processedOn', state == 'failed' and 'failedReason' or 'returnvalue'}
if ARGV[4] == '1' then
  fields[4], fields[5] = 'atm', 'ats'
end
local isBlocked = blocked(q)
local ids = call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[2], 'LIMIT', '0', ARGV[1])
local count = #ids
if state ~= 'delayed' then
  -- All children first: a parent may stand before its child, here or a page before it.
  local highest = tonumber(ARGV[2]) or math.huge
  local looked = 0
  for i, id in ipairs(ids) do
    childBack(q.prefix .. id, state)
    looked = looked + childrenBack(q, id, state, KEYS[2], highest)
    if looked >= mostChildren then
      count = i
      break
    end
  end
end
for i = 1, count do
  local id = ids[i]
  local key = q.prefix .. id
  call('ZREM', KEYS[2], id)
  if call('EXISTS', key) == 1 then
    local priority = tonumber(call('HGET', key, 'priority') or nil) or 0
    if state == 'delayed' then
      call('HSET', key, 'delay', '0')
    else
      call('HDEL', key, unpack(fields))
    end
    if state ~= 'delayed' and call('SCARD', key .. ':dependencies') > 0 then
      call('ZADD', q.waitingChildren, ARGV[5], id)
      emitCapped(q, 'waiting-children', 'jobId', id, 'prev', state)
    elseif priority == 0 then
      push(q, 'LPUSH', isBlocked, id)
      emitCapped(q, 'waiting', 'jobId', id, 'prev', state)
    else
      addPrioritized(q, priority, id, isBlocked)
      emitCapped(q, 'waiting', 'jobId', id, 'prev', state)
    end
  end
end
return count
