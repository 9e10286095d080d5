--include call
-- Wakes a worker, unless the queue may not give out jobs. A group does so once: nobody takes the mark meanwhile.
local function baseMark(q, isBlocked)
  if not isBlocked and not q.marked then
    call('ZADD', q.marker, '0', '0')
    q.marked = q.group
  end
end
