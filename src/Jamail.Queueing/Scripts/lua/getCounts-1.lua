-- getCounts-1: how many jobs are in each state.
-- KEYS[1] prefix
-- ARGV[1] optional: count only delayed jobs that are due before this time, ms; then the states
-- reply: one number for each state
--include call
--include dropTailMarker
local cutoff = tonumber(ARGV[1])
local counts = {}
for i = cutoff and 2 or 1, #ARGV do
  local state = ARGV[i]
  local key = KEYS[1] .. state
  local count
  if state == 'wait' or state == 'paused' then
    count = dropTailMarker(key)
  elseif state == 'active' then
    count = call('LLEN', key)
  elseif state == 'delayed' and cutoff then
    count = call('ZCOUNT', key, '-inf', cutoff * 4096 - 1)
  else
    count = call('ZCARD', key)
  end
  counts[#counts + 1] = count
end
return counts
