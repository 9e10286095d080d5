-- getJobs-1: the jobs of some states with their hashes; ids without a hash are passed over and made up for.
-- KEYS[1] prefix
-- ARGV[1] start  [2] end  [3] 1: ascending  [4] how many slices to look at  [5] and on: states
-- reply: for each state a list of [id, fields and values]
--include dropTailMarker
local start, stop, ascending, mostSlices = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1', tonumber(ARGV[4])

-- length: of a list, without an old marker that is all there is.
local function slice(key, length, from, to)
  if not length then
    return call(ascending and 'ZRANGE' or 'ZREVRANGE', key, from, to)
  end
  if not ascending then
    return call('LRANGE', key, from, to)
  end
  if from >= 0 and to >= 0 and from >= length then
    return {}
  end
  local ids = call('LRANGE', key, to == -1 and 0 or -(to + 1), from == -1 and 0 or -(from + 1))
  local reversed = {}
  for i = #ids, 1, -1 do
    reversed[#reversed + 1] = ids[i]
  end
  return reversed
end

local function append(jobs, ids, wanted)
  for _, id in ipairs(ids) do
    if wanted and #jobs >= wanted then
      return
    end
    local fields = call('HGETALL', KEYS[1] .. id)
    if #fields > 0 then
      jobs[#jobs + 1] = {id, fields}
    end
  end
end

local function jobsOf(state)
  local key = KEYS[1] .. state
  local length
  if state == 'wait' or state == 'paused' then
    length = dropTailMarker(key)
  elseif state == 'active' then
    length = call('LLEN', key)
  end
  local jobs = {}
  if start < 0 or stop < 0 then
    append(jobs, slice(key, length, start, stop))
    return jobs
  end
  local wanted = stop - start + 1
  local cursor = start
  for _ = 1, mostSlices do
    if #jobs >= wanted then
      break
    end
    local ids = slice(key, length, cursor, cursor + wanted - 1)
    if #ids == 0 then
      break
    end
    append(jobs, ids, wanted)
    cursor = cursor + #ids
  end
  return jobs
end

local found = {}
for i = 5, #ARGV do
  found[#found + 1] = jobsOf(ARGV[i])
end
return found
