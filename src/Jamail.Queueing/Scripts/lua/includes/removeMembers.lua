--include call
-- ZREM of any number of members: Lua unpacks no more than some thousands at once.
local function removeMembers(set, ids)
  for first = 1, #ids, 7000 do
    call('ZREM', set, unpack(ids, first, math.min(first + 6999, #ids)))
  end
end
