-- getState-8: where a job is, without LPOS. getStateV2-8 is quicker.
-- KEYS[1] completed  [2] failed  [3] delayed  [4] active  [5] wait  [6] paused  [7] waiting-children  [8] prioritized
-- ARGV[1] id
-- reply: completed, failed, delayed, prioritized, active, waiting, waiting-children or unknown
--include listHolds
local id = ARGV[1]
if call('ZSCORE', KEYS[1], id) then
  return 'completed'
elseif call('ZSCORE', KEYS[2], id) then
  return 'failed'
elseif call('ZSCORE', KEYS[3], id) then
  return 'delayed'
elseif call('ZSCORE', KEYS[8], id) then
  return 'prioritized'
elseif listHolds(KEYS[4], id) then
  return 'active'
elseif listHolds(KEYS[5], id) or listHolds(KEYS[6], id) then
  return 'waiting'
elseif call('ZSCORE', KEYS[7], id) then
  return 'waiting-children'
end
return 'unknown'
