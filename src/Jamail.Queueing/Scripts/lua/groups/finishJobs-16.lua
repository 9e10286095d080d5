-- finishJobs-16: settles the outcomes of many jobs and takes the next ones. Each outcome is settled as its own script would:
-- one that is refused, or whose script fails, does not touch the others, and jobs are taken and replied all the same.
-- KEYS[1] wait  [2] active  [3] prioritized  [4] events  [5] stalled  [6] limiter  [7] delayed  [8] paused  [9] meta
--   [10] pc  [11] completed  [12] failed  [13] marker  [14] id  [15] metrics:completed  [16] metrics:failed
-- ARGV[1] prefix  [2] now ms; or, with a sign, how far the caller's clock is ahead of this one, ms (+12.345)
--   [3] how many jobs to take  [4] token for their locks  [5] lock duration ms  [6] worker name  [7] limiter max
--   [8] limiter duration ms  [9] metrics kept ('' for none, as for [6] to [8])  [10] bytes after which no more jobs are
--   taken  [11] number of outcomes, then for each its kind, id and token, and
--   completed: value, keep count, keep age s, keep limit ('' where not given)
--   failed: the same, attempts, n, n fields and values
--   delayed: delay ms, 1 when the attempt counts, n, n fields and values
--   retried: LPUSH or RPUSH, n, n fields and values
--   returned, children (waits for its children): nothing
-- reply: [codes in order: 0, refusals below zero, for returned ms of the rate limit, for children -101 when there is
--   nothing to wait for], [jobs], limited ms, next due ms,
--   [position from 1 (0: the taking), error text, ...], and now ms where this clock had to tell it
--   a job: [name, data, opts, timestamp, delay, priority, atm, attemptsMade, ats, stc, defa, failedReason, stacktrace,
--   progress, parentKey, rjk, id]
--
-- The usual settling and taking are short and always here; what is seldom needed is made at its first use, because making
-- its functions would cost a small group more than its work.
--include meta
--include trimEvents
--include nextCount
--include addFinished
--include drained
--include nextDue
--include takeJob
--include faultText
--seldom settleOther fetchMany delayMark keepUsual countMetrics
--include settleUsual
--include takeUsual
local q = {
  prefix = ARGV[1], wait = KEYS[1], active = KEYS[2], prioritized = KEYS[3], events = KEYS[4], stalled = KEYS[5],
  limiter = KEYS[6], delayed = KEYS[7], paused = KEYS[8], meta = KEYS[9], pc = KEYS[10], completed = KEYS[11],
  failed = KEYS[12], marker = KEYS[13], id = KEYS[14],
  group = true, known = false, promoted = false, busy = false, marked = false, childless = false, sameKeep = true, kept = false,
  locks = {}, freed = {}, finished = {}, aged = {}, counted = {}
}
local now = ARGV[2]
local told
if string.find(now, '^[+-]') then
  local time = call('TIME')
  told = string.format('%.0f', math.floor(time[1] * 1000 + time[2] / 1000 + now))
  now = told
end
local wanted = tonumber(ARGV[3])
local refusedBy = -100

local count = tonumber(ARGV[11])
local starts, locks, children = {}, {}, {}
local kept  -- where the retention of the first completed job stands
local at = 12
for i = 1, count do
  local kind, key = ARGV[at], q.prefix .. ARGV[at + 1]
  starts[i] = at
  locks[i] = key .. ':lock'
  if kind == 'completed' then
    children[#children + 1] = key .. ':dependencies'
    children[#children + 1] = key .. ':unsuccessful'
    kept = kept or at
    if ARGV[at + 4] ~= ARGV[kept + 4] or ARGV[at + 5] ~= ARGV[kept + 5] or ARGV[at + 6] ~= ARGV[kept + 6] then
      q.sameKeep = false
    end
    at = at + 7
  elseif kind == 'failed' then
    at = at + 9 + ARGV[at + 8]
  elseif kind == 'delayed' then
    at = at + 6 + ARGV[at + 5]
  elseif kind == 'retried' then
    at = at + 5 + ARGV[at + 4]
  else
    at = at + 3
  end
end
if count > 0 then
  q.childless = #children > 0 and call('EXISTS', unpack(children)) == 0
  local held = call('MGET', unpack(locks))
  for i = 1, count do
    q.locks[ARGV[starts[i] + 1]] = held[i]
  end
end

local codes, faults = {}, {}
local function fault(position, text)
  faults[#faults + 1] = position
  faults[#faults + 1] = text
end

-- Retention of the usual jobs so far, before anybody looks whether they are still there.
local function trimKept()
  local jobs = q.kept
  if jobs then
    q.kept = false
    local ok, why = pcall(keepUsual, q, kept, now, jobs.count)
    if not ok then
      codes[jobs.last] = refusedBy
      fault(jobs.last, faultText(why))
    end
  end
end

-- The last outcome takes the first job itself, if its script can; the others do what their scripts do when they take none.
local pending
local function settle(position)
  local start = starts[position]
  local kind = ARGV[start]
  local code = kind == 'completed' and settleUsual(q, start, now, position)
  if not code then
    trimKept()
    code = settleOther(q, start, now)
  end
  if code == 0 then
    local ends = kind == 'completed' or kind == 'failed'
    if position == count and wanted > 0 and (ends or kind == 'delayed') then
      pending = kind
    elseif ends then
      drained(q)
    elseif kind == 'delayed' then
      delayMark(q)
    end
  end
  return code
end

for i = 1, count do
  local ok, result = pcall(settle, i)
  codes[i] = ok and result or refusedBy
  if not ok then
    fault(i, faultText(result))
  end
end

for set in pairs(q.finished) do
  local ok, why = pcall(flushFinished, q, set)
  for i = 1, ok and 0 or count do
    if codes[i] == 0 and ARGV[starts[i]] == (set == q.failed and 'failed' or 'completed') then
      codes[i] = refusedBy
      fault(i, faultText(why))
    end
  end
end
trimKept()
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

local taken = {jobs = {}, limited = 0, due = 0, size = 0}
if wanted > 0 then
  local terms = {token = ARGV[4], lockDuration = ARGV[5], name = ARGV[6] ~= '' and ARGV[6] or nil}
  if ARGV[7] ~= '' then
    terms.limiter = {max = ARGV[7], duration = ARGV[8] ~= '' and ARGV[8] or nil}
  end
  local most = tonumber(ARGV[10])
  local ok, result = pcall(takeUsual, q, now, wanted, terms, most, taken)
  if ok and result == 'more' then
    ok, result = pcall(fetchMany, q, now, wanted, terms, most, taken)
  end
  if result then
    fault(0, faultText(result))
  elseif taken.none and pending == 'delayed' then
    delayMark(q)
  elseif taken.none == 'ever' and pending then
    drained(q)
  end
end
return {codes, taken.jobs, taken.limited, taken.due, faults, told}
