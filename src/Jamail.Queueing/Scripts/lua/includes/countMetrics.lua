--include metrics
-- Counts a finished job of a worker that collects metrics. Of a group's jobs only the first can begin a new minute.
local function countMetrics(q, job, timestamp)
  local hash = job.metricsKey
  if q.group then
    local more = q.counted[hash]
    if more then
      q.counted[hash] = more + 1
      return
    end
    q.counted[hash] = 0
  end
  metrics(hash, hash .. ':data', job.maxMetrics, timestamp)
end
