--include call
-- The first of some fields that a job has, as text; nil without one.
local function firstTimestamp(jobKey, fields)
  local values = call('HMGET', jobKey, unpack(fields))
  for i = 1, #fields do
    if values[i] then
      return values[i]
    end
  end
end
