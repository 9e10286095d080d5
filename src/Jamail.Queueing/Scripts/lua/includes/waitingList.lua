--include meta
--include pausedLayout
-- The list that takes waiting ids: wait, or paused while the queue is paused and its clients keep them there.
local function waitingList(q)
  if pausedLayout == 'wait' then
    return q.wait
  end
  local known = meta(q)
  if not known[1] then
    return q.wait
  end
  if pausedLayout == 'paused'
    or known[6] and string.sub(known[6], 1, 8) == 'bullmq:5'
    or call('EXISTS', q.paused) == 1 then
    return q.paused
  end
  return q.wait
end
