--include call
-- The fields of meta that scripts read, once per call: paused, concurrency, max, duration, opts.maxLenEvents, version.
local function meta(q)
  local known = q.known
  if not known then
    known = call('HMGET', q.meta, 'paused', 'concurrency', 'max', 'duration', 'opts.maxLenEvents', 'version')
    q.known = known
  end
  return known
end
