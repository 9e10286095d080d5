--include metrics
-- Counts a finished job when its worker collects metrics. Of a group's jobs only the first can begin a new minute.
local function countMetrics(q, job, timestamp)
  if job.maxMetrics == '' then
    return
  end
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
