--include call
-- Rewrites the record of a scheduler; its count of iterations goes on.
local function storeScheduler(q, id, hashKey, nextMillis, record, data, template)
  call('ZADD', q['repeat'], nextMillis, id)
  local fields = {'name', record.name}
  local function add(name, value)
    if value ~= nil then
      fields[#fields + 1] = name
      fields[#fields + 1] = value
    end
  end
  add('tz', record.tz)
  add('limit', record.limit)
  add('pattern', record.pattern)
  add('startDate', record.startDate)
  add('endDate', record.endDate)
  add('every', record.every)
  local offset = record.offset
  if not offset then
    local stored = call('HGET', hashKey, 'offset')
    offset = stored and tonumber(stored) or nil
  end
  add('offset', offset)
  local options = cjson.encode(template)
  if options ~= '{}' then
    add('opts', options)
  end
  if data and data ~= '{}' then
    add('data', data)
  end
  add('ic', call('HGET', hashKey, 'ic') or 1)
  call('DEL', hashKey)
  call('HMSET', hashKey, unpack(fields))
end
