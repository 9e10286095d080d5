-- getMetrics-2: the metrics of a state.
-- KEYS[1] metrics hash  [2] its data
-- ARGV[1] start  [2] end
-- reply: [[count, prevTS, prevCount], points from the newest, how many points there are]
--include call
return {
  call('HMGET', KEYS[1], 'count', 'prevTS', 'prevCount'),
  call('LRANGE', KEYS[2], ARGV[1], ARGV[2]),
  call('LLEN', KEYS[2])
}
