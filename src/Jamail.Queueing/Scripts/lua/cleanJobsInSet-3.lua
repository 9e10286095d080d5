-- cleanJobsInSet-3: removes old jobs of a state.
-- KEYS[1] the state's list or set  [2] events  [3] repeat
-- ARGV[1] prefix  [2] jobs up to this time ms  [3] how many at most, 0 for all  [4] state
-- reply: the removed ids
--include queueOf
--include cleanList
--include cleanSet
--include emit
local q = queueOf(ARGV[1], {events = KEYS[2], ['repeat'] = KEYS[3]})
local set, timestamp, limit, state = KEYS[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local from = limit > 0 and -limit or 0
local removed
if state == 'active' then
  removed = cleanList(q, set, from, timestamp, false, limit)
elseif state == 'wait' or state == 'paused' then
  removed = cleanList(q, set, from, timestamp, true, limit)
elseif state == 'delayed' then
  removed = cleanSet(q, set, '+inf', timestamp, limit, {'processedOn', 'timestamp'}, true)
elseif state == 'prioritized' then
  removed = cleanSet(q, set, '+inf', timestamp, limit, {'timestamp'}, true)
else
  removed = cleanSet(q, set, timestamp, timestamp, limit, nil, false)
end
emit(q, 'cleaned', 'count', #removed)
return removed
