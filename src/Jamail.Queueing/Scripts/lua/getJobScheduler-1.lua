-- getJobScheduler-1: the record of a scheduler.
-- KEYS[1] repeat
-- ARGV[1] scheduler id
-- reply: [fields and values, next run ms]; empty when there is none
--include call
local score = call('ZSCORE', KEYS[1], ARGV[1])
if not score then
  return {}
end
return {call('HGETALL', KEYS[1] .. ':' .. ARGV[1]), score}
