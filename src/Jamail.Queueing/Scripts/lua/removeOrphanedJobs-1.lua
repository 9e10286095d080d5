-- removeOrphanedJobs-1: deletes those of some jobs that are in no state.
-- KEYS[1] prefix
-- ARGV[1] n, n states, m, m suffixes of a job's keys, then ids
-- reply: how many jobs were in no state
--include call
local statesLast = 1 + tonumber(ARGV[1])
local suffixesLast = statesLast + 1 + tonumber(ARGV[statesLast + 1])
local states = {}
for i = 2, statesLast do
  local key = KEYS[1] .. ARGV[i]
  states[#states + 1] = {key = key, type = call('TYPE', key).ok}
end
local finders = {list = 'LPOS', zset = 'ZSCORE', set = 'SISMEMBER'}

local function isKnown(id)
  for _, state in ipairs(states) do
    local command = finders[state.type]
    if command then
      local found = call(command, state.key, id)
      if found and not (command == 'SISMEMBER' and found == 0) then
        return true
      end
    end
  end
  return false
end

local removed = 0
for i = suffixesLast + 1, #ARGV do
  if not isKnown(ARGV[i]) then
    local key = KEYS[1] .. ARGV[i]
    local keys = {key}
    for j = statesLast + 2, suffixesLast do
      keys[#keys + 1] = key .. ':' .. ARGV[j]
    end
    call('DEL', unpack(keys))
    removed = removed + 1
  end
end
return removed
