-- getRateLimitTtl-2: how long the rate limit still binds.
-- KEYS[1] limiter  [2] meta
-- ARGV[1] jobs per window, 0: as the queue says
-- reply: ms, 0 when it does not bind; where no limit is known the time to live of the counter
--include queueOf
--include rateTtl
local q = queueOf(string.sub(KEYS[2], 1, -5), {limiter = KEYS[1], meta = KEYS[2]})
local most = ARGV[1]
if most == '0' then
  most = call('HGET', q.meta, 'max')
  if not most then
    return call('PTTL', q.limiter)
  end
end
return rateTtl(q, tonumber(most))
