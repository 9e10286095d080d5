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
--   returned: nothing
-- reply: [codes in order: 0, refusals below zero, for returned ms of the rate limit], [jobs], limited ms, next due ms,
--   [position from 1 (0: the taking), error text, ...]
--   a job: [name, data, opts, timestamp, delay, priority, atm, attemptsMade, ats, stc, defa, failedReason, stacktrace,
--   progress, parentKey, rjk, id]
--include queueOf
--include finishJob
--include delayJob
--include delayMark
--include retryNow
--include returnJob
--include drained
--include fetchMany
--include faultText
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

local function readFinished(outcome, target)
  outcome.target, outcome.value = target, take()
  local count, age, limit = tonumber(take()), tonumber(take()), tonumber(take())
  outcome.keep = {count = count, age = age, limit = limit}
  outcome.maxMetrics = ARGV[9]
  if target == 'completed' then
    outcome.field, outcome.set, outcome.metricsKey = 'returnvalue', q.completed, KEYS[15]
  else
    outcome.field, outcome.set, outcome.metricsKey = 'failedReason', q.failed, KEYS[16]
    outcome.attempts, outcome.fields = take(), takeFields()
  end
end

local readers = {
  completed = readFinished,
  failed = readFinished,
  delayed = function(outcome)
    outcome.delay, outcome.countsAttempt, outcome.fields = take(), take() == '1', takeFields()
  end,
  retried = function(outcome)
    outcome.command, outcome.fields = take(), takeFields()
  end,
  returned = function() end
}

for i = 1, tonumber(ARGV[11]) do
  local kind = take()
  local outcome = {kind = kind, id = take(), token = take()}
  outcome.key = q.prefix .. outcome.id
  readers[kind](outcome, kind)
  outcomes[i] = outcome
end

if #outcomes > 0 then
  local keys, children = {}, {}
  for i, outcome in ipairs(outcomes) do
    keys[i] = outcome.key .. ':lock'
    if outcome.kind == 'completed' then
      children[#children + 1] = outcome.key .. ':dependencies'
      children[#children + 1] = outcome.key .. ':unsuccessful'
    end
  end
  q.childless = #children > 0 and call('EXISTS', unpack(children)) == 0
  local held = call('MGET', unpack(keys))
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

local settlers = {
  completed = function(o) return finishJob(q, o, now) end,
  failed = function(o) return finishJob(q, o, now) end,
  delayed = function(o) return delayJob(q, o.id, o.key, o.token, now, o.delay, o.countsAttempt, o.fields) end,
  retried = function(o) return retryNow(q, o.id, o.key, o.token, now, o.command, o.fields) end,
  returned = function(o) return returnJob(q, o.id, o.key, o.token) end
}

-- The last outcome takes the first job itself, if its script can.
local pending
local function settle(outcome, isLast)
  local code = settlers[outcome.kind](outcome)
  if code == 0 then
    if isLast and wanted > 0 and outcome.kind ~= 'retried' and outcome.kind ~= 'returned' then
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
  local keys = {}
  for i, id in ipairs(q.freed) do
    keys[i] = q.prefix .. id .. ':lock'
  end
  call('DEL', unpack(keys))
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
