-- moveJobsToWait-8: jobs of a state are to run: failed or completed ones again, delayed ones now. Call again while 1.
-- KEYS[1] prefix  [2] events  [3] the state's set  [4] wait  [5] paused  [6] meta  [7] active  [8] marker
-- ARGV[1] how many at most  [2] highest score  [3] failed, completed or delayed
-- reply: 1 when there may be more, else 0
--include queueOf
--include blocked
--include waitingList
--include baseMark
--include childBack
--include emitCapped
--include maxEvents
local q = queueOf(KEYS[1], {
  events = KEYS[2], wait = KEYS[4], paused = KEYS[5], meta = KEYS[6], active = KEYS[7], marker = KEYS[8]
})
local most, state = tonumber(ARGV[1]), ARGV[3]
local isBlocked = blocked(q)
local ids = call('ZRANGEBYSCORE', KEYS[3], '0', tonumber(ARGV[2]), 'LIMIT', '0', most)
if #ids > 0 then
  if state ~= 'delayed' then
    local result = state == 'failed' and 'failedReason' or 'returnvalue'
    for _, id in ipairs(ids) do
      local key = q.prefix .. id
      call('HDEL', key, 'finishedOn', 'processedOn', result)
      childBack(key, state)
    end
  end
  maxEvents(q)
  for _, id in ipairs(ids) do
    emitCapped(q, 'waiting', 'jobId', id, 'prev', state)
  end
  for first = 1, #ids, 7000 do
    local last = math.min(first + 6999, #ids)
    call('ZREM', KEYS[3], unpack(ids, first, last))
    call('LPUSH', waitingList(q), unpack(ids, first, last))
  end
  baseMark(q, isBlocked)
end
return most - #ids <= 0 and 1 or 0
