-- finishJobs-16: settles the outcomes of many jobs and takes the next ones. Each outcome is settled as its own script would:
-- one that is refused, or whose script fails, does not touch the others, and jobs are taken and replied all the same.
-- KEYS[1] wait  [2] active  [3] prioritized  [4] events  [5] stalled  [6] limiter  [7] delayed  [8] paused  [9] meta
--   [10] pc  [11] completed  [12] failed  [13] marker  [14] id  [15] metrics:completed  [16] metrics:failed
-- ARGV[1] prefix  [2] now ms  [3] how many jobs to take  [4] token for their locks  [5] lock duration ms  [6] worker name
--   [7] limiter max  [8] limiter duration ms  [9] metrics kept ('' for none, as for [6] to [8])  [10] bytes after which no
--   more jobs are taken  [11] number of outcomes, then for each its kind, id and token, and
--   completed: value, keep count, keep age s, keep limit ('' where not given)
--   failed: the same, attempts, n, n fields and values
--   delayed: delay ms, 1 when the attempt counts, n, n fields and values
--   retried: LPUSH or RPUSH, n, n fields and values
--   returned, children (waits for its children): nothing
-- reply: [codes in order: 0, refusals below zero, for returned ms of the rate limit, for children -101 when there is
--   nothing to wait for], [jobs], limited ms, next due ms,
--   [position from 1 (0: the taking), error text, ...]
--   a job: [name, data, opts, timestamp, delay, priority, atm, attemptsMade, ats, stc, defa, failedReason, stacktrace,
--   progress, parentKey, rjk, id]
--include queueOf
--include finishJob
--include drained
--include fetchMany
--include faultText
--seldom delayJob delayMark retryNow returnJob waitForChildren
local q = queueOf(ARGV[1], {
  wait = KEYS[1], active = KEYS[2], prioritized = KEYS[3], events = KEYS[4], stalled = KEYS[5], limiter = KEYS[6],
  delayed = KEYS[7], paused = KEYS[8], meta = KEYS[9], pc = KEYS[10], completed = KEYS[11], failed = KEYS[12],
  marker = KEYS[13], id = KEYS[14]
})
q.group, q.aged, q.counted, q.locks, q.freed, q.finished = true, {}, {}, {}, {}, {}
local now = ARGV[2]
local wanted = tonumber(ARGV[3])
local outcomes = {}
local refusedBy = -100
local nothingToWaitFor = -101

local at = 12
local function take()
  local value = ARGV[at]
  at = at + 1
  return value
end

local function takeFields()
  local n = tonumber(take())
  if n == 0 then
    return nil
  end
  at = at + n
  return {unpack(ARGV, at - n, at - 1)}
end

-- Outcomes mostly share their retention.
local keep, keepCountText, keepAgeText, keepLimitText
local function takeKeep()
  local count, age, limit = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  at = at + 3
  if not keep or count ~= keepCountText or age ~= keepAgeText or limit ~= keepLimitText then
    keep = {count = tonumber(count), age = tonumber(age), limit = tonumber(limit)}
    keepCountText, keepAgeText, keepLimitText = count, age, limit
  end
  return keep
end

local function readOther(kind, id, key, token)
  if kind == 'failed' then
    return {
      kind = kind, id = id, key = key, token = token, target = kind, field = 'failedReason', set = q.failed,
      value = take(), keep = takeKeep(), maxMetrics = ARGV[9], metricsKey = KEYS[16], attempts = take(),
      fields = takeFields()
    }
  elseif kind == 'delayed' then
    return {
      kind = kind, id = id, key = key, token = token, delay = take(), countsAttempt = take() == '1', fields = takeFields()
    }
  elseif kind == 'retried' then
    return {kind = kind, id = id, key = key, token = token, command = take(), fields = takeFields()}
  elseif kind == 'returned' or kind == 'children' then
    return {kind = kind, id = id, key = key, token = token}
  end
  error('Not a kind of outcome: ' .. tostring(kind))
end

local locks, children = {}, {}
for i = 1, tonumber(ARGV[11]) do
  local kind, id = ARGV[at], ARGV[at + 1]
  local key = q.prefix .. id
  local token = ARGV[at + 2]
  at = at + 3
  locks[i] = key .. ':lock'
  if kind ~= 'completed' then
    outcomes[i] = readOther(kind, id, key, token)
  else
    outcomes[i] = {
      kind = kind, id = id, key = key, token = token, target = kind, field = 'returnvalue', set = q.completed,
      value = take(), keep = takeKeep(), maxMetrics = ARGV[9], metricsKey = KEYS[15]
    }
    children[#children + 1] = key .. ':dependencies'
    children[#children + 1] = key .. ':unsuccessful'
  end
end

if #outcomes > 0 then
  q.childless = #children > 0 and call('EXISTS', unpack(children)) == 0
  local held = call('MGET', unpack(locks))
  for i, outcome in ipairs(outcomes) do
    q.locks[outcome.id] = held[i]
  end
end

-- What an outcome's own script does after the settling when it takes no job, or found none.
local function conclude(outcome)
  if outcome.kind == 'completed' or outcome.kind == 'failed' then
    drained(q)
  elseif outcome.kind == 'delayed' then
    delayMark(q)
  end
end

local function settleOther(o)
  if o.kind == 'delayed' then
    return delayJob(q, o.id, o.key, o.token, now, o.delay, o.countsAttempt, o.fields)
  elseif o.kind == 'retried' then
    return retryNow(q, o.id, o.key, o.token, now, o.command, o.fields)
  elseif o.kind == 'children' then
    local code = waitForChildren(q, o.id, o.key, o.token, now)
    return code == 1 and nothingToWaitFor or code
  end
  return returnJob(q, o.id, o.key, o.token)
end

-- The last outcome takes the first job itself, if its script can.
local pending
local function settle(outcome, isLast)
  local code = outcome.target and finishJob(q, outcome, now) or settleOther(outcome)
  if code == 0 then
    if isLast and wanted > 0 and (outcome.target or outcome.kind == 'delayed') then
      pending = outcome
    else
      conclude(outcome)
    end
  end
  return code
end

local codes, faults = {}, {}
local function fault(position, text)
  faults[#faults + 1] = position
  faults[#faults + 1] = text
end

for i, outcome in ipairs(outcomes) do
  local ok, result = pcall(settle, outcome, i == #outcomes)
  codes[i] = ok and result or refusedBy
  if not ok then
    fault(i, faultText(result))
  end
end

for set in pairs(q.finished) do
  local ok, why = pcall(flushFinished, q, set)
  for i, outcome in ipairs(outcomes) do
    if not ok and codes[i] == 0 and outcome.set == set then
      codes[i] = refusedBy
      fault(i, faultText(why))
    end
  end
end
q.busy = false
for hash, more in pairs(q.counted) do
  if more > 0 then
    call('HINCRBY', hash, 'count', more)
  end
end
if #q.freed > 0 then
  for i, id in ipairs(q.freed) do
    locks[i] = q.prefix .. id .. ':lock'
  end
  call('DEL', unpack(locks, 1, #q.freed))
  call('SREM', q.stalled, unpack(q.freed))
end

local taken = {jobs = {}, limited = 0, due = 0}
if wanted > 0 then
  local limiter
  if ARGV[7] ~= '' then
    limiter = {max = ARGV[7], duration = ARGV[8] ~= '' and ARGV[8] or nil}
  end
  local _, result = pcall(fetchMany, q, now, wanted, {
    token = ARGV[4], lockDuration = ARGV[5], name = ARGV[6] ~= '' and ARGV[6] or nil, limiter = limiter
  }, tonumber(ARGV[10]), taken, pending and function(nothing)
    if pending.kind == 'delayed' then
      delayMark(q)
    elseif nothing then
      drained(q)
    end
  end)
  if result then
    fault(0, faultText(result))
  end
end
return {codes, taken.jobs, taken.limited, taken.due, faults}
