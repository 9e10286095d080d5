--include adoptQueue
--include finishJob
--include delayJob
--include retryNow
--include returnJob
--include waitForChildren
-- Settles the outcome of finishJobs that begins at ARGV[at], of whatever kind. Replies its code.
local nothingToWaitFor = -101

local function fieldsAt(at)
  local n = tonumber(ARGV[at])
  if n == 0 then
    return nil
  end
  return {unpack(ARGV, at + 1, at + n)}
end

local function settleOther(q, at, timestamp)
  adoptQueue(q)
  local kind, id, token = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local key = q.prefix .. id
  if kind == 'delayed' then
    return delayJob(q, id, key, token, timestamp, ARGV[at + 3], ARGV[at + 4] == '1', fieldsAt(at + 5))
  elseif kind == 'retried' then
    return retryNow(q, id, key, token, timestamp, ARGV[at + 3], fieldsAt(at + 4))
  elseif kind == 'children' then
    local code = waitForChildren(q, id, key, token, timestamp)
    return code == 1 and nothingToWaitFor or code
  elseif kind == 'returned' then
    return returnJob(q, id, key, token)
  elseif kind ~= 'completed' and kind ~= 'failed' then
    error('Not a kind of outcome: ' .. kind)
  end
  local job = {
    id = id, key = key, token = token, target = kind, field = 'returnvalue', set = q.completed, value = ARGV[at + 3],
    keep = {count = tonumber(ARGV[at + 4]), age = tonumber(ARGV[at + 5]), limit = tonumber(ARGV[at + 6])},
    maxMetrics = ARGV[9], metricsKey = KEYS[15]
  }
  if kind == 'failed' then
    job.field, job.set, job.metricsKey = 'failedReason', q.failed, KEYS[16]
    job.attempts, job.fields = ARGV[at + 7], fieldsAt(at + 8)
  end
  return finishJob(q, job, timestamp)
end
