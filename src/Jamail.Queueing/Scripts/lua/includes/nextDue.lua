--include call
-- When the first delayed job is due, Unix ms with the sequence in the fraction; nil without one.
local function nextDue(q)
  local first = call('ZRANGE', q.delayed, '0', '0', 'WITHSCORES')
  if first[2] then
    return tonumber(first[2]) / 4096
  end
end
