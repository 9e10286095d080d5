--include dropTailMarker
-- The ids of a state from start to stop. Lists run from their tail, the next job, when ascending, but are replied head
-- first.
local function stateRange(prefix, state, start, stop, ascending)
  local key = prefix .. state
  if state ~= 'wait' and state ~= 'paused' and state ~= 'active' then
    return call(ascending and 'ZRANGE' or 'ZREVRANGE', key, start, stop)
  end
  if state ~= 'active' and dropTailMarker(key) == 0 then
    return {}
  end
  if not ascending then
    return call('LRANGE', key, start, stop)
  end
  return call('LRANGE', key, stop == -1 and 0 or -(stop + 1), start == -1 and 0 or -(start + 1))
end
