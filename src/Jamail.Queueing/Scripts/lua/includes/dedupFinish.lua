--include call
-- A finished job gives up its deduplication key, unless the key lives on by a ttl.
local function dedupFinish(q, deid, id)
  if not deid then
    return
  end
  local key = q.prefix .. 'de:' .. deid
  local ttl = call('PTTL', key)
  if ttl == 0 or ttl == -1 and call('GET', key) == id then
    call('DEL', key)
  end
end
