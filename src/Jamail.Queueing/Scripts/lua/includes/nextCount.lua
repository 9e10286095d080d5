--include call
-- The value of a counting field after one more, for the caller to write with fields. As HINCRBY, which judges odd values.
local function nextCount(key, field, value, fields)
  if not value then
    return '1'
  elseif string.find(value, '^[1-9]%d?%d?%d?%d?%d?%d?$') then
    return string.format('%d', value + 1)
  end
  if fields then
    call('HMSET', key, unpack(fields))
  end
  return call('HINCRBY', key, field, '1')
end
