--include adoptQueue
--include addFinished
--include keepAge
--include keepCount
-- The retention of so many jobs that settleUsual completed, as ARGV[at + 4] on say: once for all, with as many removals as they
-- may have together.
local function keepUsual(q, at, timestamp, jobs)
  adoptQueue(q)
  flushFinished(q, q.completed)
  local count, age = tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5])
  if age then
    keepAge(q, tonumber(timestamp), age, q.completed, (tonumber(ARGV[at + 6]) or 1000) * jobs)
  end
  if count and count > 0 then
    keepCount(q, count, q.completed)
  end
end
