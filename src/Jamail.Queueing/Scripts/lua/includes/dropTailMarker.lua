--include call
-- Versions before 5 left markers at the end of their lists. Takes one out, unless it is all there is; replies how many ids
-- the list holds.
local function dropTailMarker(list)
  local tail = call('LINDEX', list, '-1')
  local length = call('LLEN', list)
  if tail and string.sub(tail, 1, 2) == '0:' then
    if length > 1 then
      call('RPOP', list)
    end
    length = length - 1
  end
  return length
end
