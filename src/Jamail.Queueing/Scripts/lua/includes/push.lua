--include waitingList
--include baseMark
-- Puts an id into the waiting list: LPUSH behind all others, RPUSH before them.
local function push(q, command, isBlocked, id)
  call(command, waitingList(q), id)
  baseMark(q, isBlocked)
end
