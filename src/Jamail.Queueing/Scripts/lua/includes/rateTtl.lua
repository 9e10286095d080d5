--include call
-- How long the rate limit still binds, ms; 0 when it does not.
local function rateTtl(q, maxJobs)
  if maxJobs and maxJobs <= (tonumber(call('GET', q.limiter) or nil) or 0) then
    local ttl = call('PTTL', q.limiter)
    if ttl == 0 then
      call('DEL', q.limiter)
    elseif ttl > 0 then
      return ttl
    end
  end
  return 0
end
