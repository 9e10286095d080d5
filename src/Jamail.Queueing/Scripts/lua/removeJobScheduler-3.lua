-- removeJobScheduler-3: removes a scheduler and its next job, if that is delayed.
-- KEYS[1] repeat  [2] delayed  [3] events
-- ARGV[1] scheduler id  [2] prefix
-- reply: 0; 1 when there is none
--include queueOf
--include removeKeys
--include emit
local id = ARGV[1]
local score = call('ZSCORE', KEYS[1], id)
if score then
  local jobId = 'repeat:' .. id .. ':' .. score
  if call('ZREM', KEYS[2], jobId) == 1 then
    removeKeys(ARGV[2] .. jobId)
    emit(queueOf(ARGV[2], {events = KEYS[3]}), 'removed', 'jobId', jobId, 'prev', 'delayed')
  end
end
if call('ZREM', KEYS[1], id) ~= 1 then
  return 1
end
call('DEL', KEYS[1] .. ':' .. id)
return 0
