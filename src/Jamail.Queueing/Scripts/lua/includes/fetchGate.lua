--include blocked
--include promoteDue
--include rateTtl
-- What comes before taking a job: due jobs become ready, then the rate limit, pause and concurrency have their say.
-- Replies the answer when no job may be taken, else nil; then the rate limit's size and window.
local function fetchGate(q, now, terms)
  local isBlocked = blocked(q)
  promoteDue(q, now, isBlocked)
  local known = meta(q)
  local limiter = terms.limiter
  local maxJobs = tonumber(known[3] or limiter and limiter.max)
  local duration = limiter and limiter.duration or known[4] or nil
  local ttl = rateTtl(q, maxJobs)
  if ttl > 0 then
    return {0, 0, ttl, 0}
  end
  if isBlocked then
    return {0, 0, 0, 0}
  end
  return nil, maxJobs, duration
end
