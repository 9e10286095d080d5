--include call
-- A removed job gives up its deduplication key and what was kept for the time after it.
local function dedupRemove(q, id, deid)
  if not deid then
    return
  end
  local key = q.prefix .. 'de:' .. deid
  if call('GET', key) == id then
    call('DEL', key)
    call('DEL', q.prefix .. 'dn:' .. deid)
  end
end
