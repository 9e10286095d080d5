-- removeJob-2: removes a job wherever it is, optionally with its children.
-- KEYS[1] job  [2] repeat
-- ARGV[1] id  [2] 1: with its children  [3] prefix
-- reply: 1, also when there was no such job; 0 when it or an unfinished child is locked; -8 when it is the next run of a
--   scheduler
--include schedulerOwned
--include isLocked
--include removeTree
if schedulerOwned(ARGV[1], KEYS[1], KEYS[2]) then
  return -8
end
local withChildren = ARGV[2] == '1'
if isLocked(ARGV[3], ARGV[1], withChildren) then
  return 0
end
removeTree(ARGV[3], ARGV[1], nil, {removeChildren = withChildren})
return 1
