--include dedupOwn
--include enqueue
--include maxEvents
-- Adds the job that was kept while its predecessor ran.
local function dedupRequeue(q, deid, timestamp)
  local nextKey = q.prefix .. 'dn:' .. deid
  if call('EXISTS', nextKey) == 0 then
    return
  end
  local kept = call('HMGET', nextKey, 'name', 'data', 'opts', 'pk', 'pd', 'pdk', 'rjk', 'jid')
  local number = call('INCR', q.id)
  local id = kept[8] or tostring(number)
  local options = cjson.decode(kept[3])
  dedupOwn(q.prefix .. 'de:' .. deid, id, options.de or {})
  maxEvents(q)
  enqueue(q, {
    name = kept[1], data = kept[2], options = options, timestamp = timestamp, delay = options.delay or 0,
    priority = options.priority or 0, lifo = options.lifo, de = options.de,
    parentKey = kept[4], parentData = kept[5], rjk = kept[7]
  }, id)
  if kept[6] then
    call('SADD', kept[6], q.prefix .. id)
    q.childless = false
  end
  call('DEL', nextKey)
end
