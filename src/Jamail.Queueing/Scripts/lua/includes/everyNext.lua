-- The next run of an `every` scheduler and the offset of its runs within the interval.
local function everyNext(prev, every, now, offset, startDate)
  offset = tonumber(offset)
  local nextMillis
  if not prev then
    if startDate then
      nextMillis = math.max(tonumber(startDate), now)
    elseif offset and offset > 0 then
      nextMillis = math.floor(now / every) * every + offset
      if nextMillis <= now then
        nextMillis = nextMillis + every
      end
    else
      nextMillis = now
    end
  else
    nextMillis = prev + every
    if nextMillis < now then
      nextMillis = math.floor(now / every) * every + (offset or 0)
      if nextMillis <= now then
        nextMillis = nextMillis + every
      end
    end
  end
  if not offset or offset == 0 then
    offset = nextMillis - math.floor(nextMillis / every) * every
  end
  return math.floor(nextMillis), math.floor(offset)
end
