-- pause-7: stops or starts the taking of jobs. A resume moves at most 7000 ids of the paused list at a time.
-- KEYS[1] wait  [2] paused (resuming: [1] paused  [2] wait)  [3] meta  [4] prioritized  [5] events  [6] delayed  [7] marker
-- ARGV[1] paused or resumed  [2] 0: without the event
-- reply: how many ids the paused list still holds; resume again, without the event, until 0
--include queueOf
--include pauseWaiting
--include delayMark
--include emit
local pausing = ARGV[1] == 'paused'
local prefix = string.sub(KEYS[3], 1, -5)
local q = queueOf(prefix, {
  wait = pausing and KEYS[1] or KEYS[2], paused = pausing and KEYS[2] or KEYS[1], meta = KEYS[3],
  prioritized = KEYS[4], events = KEYS[5], delayed = KEYS[6], marker = KEYS[7]
})
local remaining = 0
if pausing then
  call('HSET', q.meta, 'paused', '1')
  call('DEL', q.marker)
  pauseWaiting(q)
else
  call('HDEL', q.meta, 'paused')
  if call('EXISTS', q.paused) == 1 then
    if call('EXISTS', q.wait) == 0 then
      call('RENAME', q.paused, q.wait)
    else
      local ids = call('LRANGE', q.paused, '0', '6999')
      call('RPUSH', q.wait, unpack(ids))
      call('LTRIM', q.paused, #ids, '-1')
      remaining = call('LLEN', q.paused)
    end
  end
  if call('LLEN', q.wait) + call('ZCARD', q.prioritized) > 0 then
    call('ZADD', q.marker, '0', '0')
  else
    delayMark(q)
  end
end
if ARGV[2] ~= '0' then
  emit(q, ARGV[1])
end
return remaining
