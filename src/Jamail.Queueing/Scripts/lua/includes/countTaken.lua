--include call
-- Counts a taken job towards the rate limit; the first one opens its window. A job that is only to fail is free.
local function countTaken(q, deferredFailure, maxJobs, duration)
  if maxJobs and not deferredFailure then
    if call('INCR', q.limiter) == 1 then
      call('PEXPIRE', q.limiter, math.floor(math.abs(duration)))
    end
  end
end
