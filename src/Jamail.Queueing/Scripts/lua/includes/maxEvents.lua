--include meta
-- About how many entries the event stream keeps. Where nobody has said so, 10000 is written to meta.
local function maxEvents(q)
  local known = meta(q)
  if not known[5] then
    known[5] = 10000
    call('HSET', q.meta, 'opts.maxLenEvents', '10000')
  end
  return known[5]
end
