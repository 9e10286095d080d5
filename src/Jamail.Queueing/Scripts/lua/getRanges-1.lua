-- getRanges-1: the ids of some states.
-- KEYS[1] prefix
-- ARGV[1] start  [2] end  [3] 1: ascending  [4] and on: states
-- reply: one list for each state; ascending lists come head first, so that the last id is the first of the range
--include stateRange
local start, stop = tonumber(ARGV[1]), tonumber(ARGV[2])
local ranges = {}
for i = 4, #ARGV do
  ranges[#ranges + 1] = stateRange(KEYS[1], ARGV[i], start, stop, ARGV[3] == '1')
end
return ranges
