--include waitingList
-- Where the clients of a queue keep its waiting ids in paused while it is paused, those of wait go there too: in front of
-- the newest, so that the ids already there stay next.
local function pauseWaiting(q)
  if waitingList(q) == q.wait or call('EXISTS', q.wait) == 0 then
    return
  end
  if call('EXISTS', q.paused) == 0 then
    call('RENAME', q.wait, q.paused)
    return
  end
  local ids = call('LRANGE', q.wait, '-7000', '-1')
  while #ids > 0 do
    local newestLast = {}
    for i = #ids, 1, -1 do
      newestLast[#newestLast + 1] = ids[i]
    end
    call('LPUSH', q.paused, unpack(newestLast))
    call('LTRIM', q.wait, '0', -#ids - 1)
    ids = call('LRANGE', q.wait, '-7000', '-1')
  end
end
