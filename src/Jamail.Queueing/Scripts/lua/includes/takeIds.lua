--include call
-- Moves up to count ids to active, those of wait first, then by priority. accept(id) says whether one fits; the rest stays
-- where it was. Markers of versions before 5 are dropped.
local function takeWaiting(q, count, accept)
  local ids = call('RPOP', q.wait, count) or {}
  local accepted = {}
  local full = false
  for i, id in ipairs(ids) do
    if string.sub(id, 1, 2) ~= '0:' then
      if not accept(id) then
        local rest = {}
        for j = #ids, i, -1 do
          rest[#rest + 1] = ids[j]
        end
        call('RPUSH', q.wait, unpack(rest))
        full = true
        break
      end
      accepted[#accepted + 1] = id
    end
  end
  if #accepted > 0 then
    call('LPUSH', q.active, unpack(accepted))
  end
  return #ids > 0 and not full and #accepted == 0, #ids > 0
end

local function takePrioritized(q, count, accept)
  local pairsFound = call('ZPOPMIN', q.prioritized, count)
  if #pairsFound == 0 then
    call('DEL', q.pc)
  end
  for i = 1, #pairsFound, 2 do
    if not accept(pairsFound[i]) then
      for j = i, #pairsFound, 2 do
        call('ZADD', q.prioritized, pairsFound[j + 1], pairsFound[j])
      end
      return
    end
    call('LPUSH', q.active, pairsFound[i])
  end
end

local function takeIds(q, count, accept)
  local onlyMarkers, found
  repeat
    onlyMarkers, found = takeWaiting(q, count, accept)
  until not onlyMarkers
  if not found then
    takePrioritized(q, count, accept)
  end
end
