--include waitingList
--include priorityScore
--include baseMark
--include emit
-- Moves delayed jobs that are due, 1000 at most, to where they wait. isBlocked as it was before.
local function promoteDue(q, now, isBlocked)
  if q.promoted then
    return
  end
  local ids = call('ZRANGEBYSCORE', q.delayed, '0', (now + 1) * 4096 - 1, 'LIMIT', '0', '1000')
  if #ids > 0 then
    call('ZREM', q.delayed, unpack(ids))
    local ready = {}
    local ok, why = pcall(function()
      for _, id in ipairs(ids) do
        local key = q.prefix .. id
        local priority = tonumber(call('HGET', key, 'priority') or nil) or 0
        if priority == 0 then
          ready[#ready + 1] = id
        else
          call('ZADD', q.prioritized, priorityScore(q, priority), id)
        end
        emit(q, 'waiting', 'jobId', id, 'prev', 'delayed')
        call('HSET', key, 'delay', '0')
      end
    end)
    if #ready > 0 then
      call('LPUSH', waitingList(q), unpack(ready))
    end
    if not ok then
      error(why, 0)
    end
    baseMark(q, isBlocked)
  end
  q.promoted = #ids < 1000
end
