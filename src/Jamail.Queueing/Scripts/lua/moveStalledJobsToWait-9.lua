-- moveStalledJobsToWait-9: jobs that were active at the last check and have no lock go back to wait; at most once per
-- interval and queue. A job that stalled too often gets a deferred failure, which the worker that takes it carries out.
-- KEYS[1] stalled  [2] wait  [3] active  [4] stalled-check  [5] meta  [6] paused  [7] marker  [8] events  [9] repeat
-- ARGV[1] how often a job may stall  [2] prefix  [3] now ms  [4] interval ms
-- reply: the ids that went back
--include queueOf
--include trimEvents
--include blocked
--include push
--include emit
local q = queueOf(ARGV[2], {
  stalled = KEYS[1], wait = KEYS[2], active = KEYS[3], meta = KEYS[5], paused = KEYS[6], marker = KEYS[7],
  events = KEYS[8], ['repeat'] = KEYS[9]
})
if call('EXISTS', KEYS[4]) == 1 then
  return {}
end
call('SET', KEYS[4], ARGV[3], 'PX', ARGV[4])
trimEvents(q)

local function runsForScheduler(key)
  local rjk = call('HGET', key, 'rjk')
  return rjk and (call('EXISTS', q['repeat'] .. ':' .. rjk) == 1 or call('ZSCORE', q['repeat'], rjk))
end

local moved = {}
local candidates = call('SMEMBERS', q.stalled)
if #candidates > 0 then
  call('DEL', q.stalled)
  for _, id in ipairs(candidates) do
    local key = q.prefix .. id
    if string.sub(id, 1, 2) == '0:' then
      call('LREM', q.active, '1', id)
    elseif call('EXISTS', key .. ':lock') == 0 and call('LREM', q.active, '1', id) > 0 then
      local stalls = call('HINCRBY', key, 'stc', '1')
      if stalls > tonumber(ARGV[1]) and not runsForScheduler(key) then
        call('HSET', key, 'defa', 'job stalled more than allowable limit')
      end
      push(q, 'RPUSH', blocked(q), id)
      emit(q, 'waiting', 'jobId', id, 'prev', 'active')
      emit(q, 'stalled', 'jobId', id)
      moved[#moved + 1] = id
    end
  end
end

local active = call('LRANGE', q.active, '0', '-1')
for first = 1, #active, 7000 do
  call('SADD', q.stalled, unpack(active, first, math.min(first + 6999, #active)))
end
return moved
