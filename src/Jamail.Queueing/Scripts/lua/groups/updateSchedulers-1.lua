-- updateSchedulers-1: makes the next jobs of many schedulers of a queue, each as updateJobScheduler would. One whose script fails
-- does not touch the others.
-- KEYS[1] prefix of the queue
-- ARGV[1] now ms, then ten for each job that was taken: scheduler id, next run ms ('' with `every`), the options of the job to make
--   as JSON without the closing brace, delay and jobId, and of these options repeat.every and repeat.offset ('' where not given),
--   priority, 'lifo' or '', deduplication id or ''; then the id of the job that was taken and its data ('' for none)
-- reply: [position from 1, error text, ...] of those whose script failed
--include queueOf
--include everyNext
--include emitCapped
--include delayedScore
--include nextDue
--include faultText
--seldom enqueueWaiting enqueuePrioritized
local q = queueOf(KEYS[1])
q.group = true
local now = tonumber(ARGV[1])
local width = 10
local count = (#ARGV - 1) / width
local failed = {}

local function startOf(position)
  return 2 + (position - 1) * width
end

-- What is to be made after the job that was taken; nil when that was not the scheduler's pending one.
local function look(at, score)
  local id = ARGV[at]
  if not score then
    return nil
  end
  local hashKey = q['repeat'] .. ':' .. id
  local stored = call('HMGET', hashKey, 'name', 'data', 'every', 'startDate', 'offset', 'ic')
  local every = tonumber(stored[3] or ARGV[at + 3])
  local nextMillis = tonumber(ARGV[at + 1])
  if every then
    local offset = ARGV[at + 4] ~= '' and ARGV[at + 4] or 0
    nextMillis = everyNext(tonumber(score), every, now, stored[5] or offset, stored[4])
  end
  local due = string.format('%d', nextMillis)
  if ARGV[at + 8] ~= 'repeat:' .. id .. ':' .. score then
    return nil
  end
  local data, takenData = stored[2], ARGV[at + 9]
  if takenData ~= '' and stored[1] and not data and not stored[6] then
    -- A repeatable job of BullMQ 5 carries data that its record has not; it is kept there.
    data = takenData
    call('HSET', hashKey, 'data', data)
  end
  return {
    at = at, hashKey = hashKey, jobId = 'repeat:' .. id .. ':' .. due, key = hashKey .. ':' .. due, due = due, name = stored[1],
    data = data or '{}', delay = math.max(0, nextMillis - now)
  }
end

local lastScore = {}
local delayed = {}
local function delay(job)
  local due = now + job.delay
  local score = lastScore[due]
  if score then
    score = math.min(score + 1, (due + 1) * 4096 - 1)
  else
    score = delayedScore(q, now, job.delay)
  end
  lastScore[due] = score
  delayed[#delayed + 1] = string.format('%d', score)
  delayed[#delayed + 1] = job.jobId
  emitCapped(q, 'delayed', 'jobId', job.jobId, 'delay', string.format('%d', due))
end

local function make(job)
  local at = job.at
  local jobId, delayText = job.jobId, string.format('%d', job.delay)
  local quoted = string.find(jobId, '[%c"\\]') and cjson.encode(jobId) or '"' .. jobId .. '"'
  call('HINCRBY', job.hashKey, 'ic', '1')
  call('HSET', q.prefix .. jobId, 'name', job.name, 'data', job.data,
    'opts', ARGV[at + 2] .. ',"delay":' .. delayText .. ',"jobId":' .. quoted .. '}', 'timestamp', ARGV[1],
    'delay', delayText, 'priority', ARGV[at + 5], 'rjk', ARGV[at])
  if ARGV[at + 7] ~= '' then
    call('HSET', q.prefix .. jobId, 'deid', ARGV[at + 7])
  end
  call('XADD', q.events, '*', 'event', 'added', 'jobId', jobId, 'name', job.name)
  if job.delay ~= 0 then
    delay(job)
    return
  end
  local ready = {priority = tonumber(ARGV[at + 5]), lifo = ARGV[at + 6] == 'lifo'}
  if ready.priority > 0 then
    enqueuePrioritized(q, ready, jobId)
  else
    enqueueWaiting(q, ready, jobId)
  end
end

local function makeAll(first, last, ids)
  local scores = call('ZMSCORE', q['repeat'], unpack(ids))
  local jobs, keys = {}, {}
  for position = first, last do
    local ok, job = pcall(look, startOf(position), scores[position - first + 1])
    if not ok then
      failed[position] = job
    elseif job then
      job.position = position
      jobs[#jobs + 1] = job
      keys[#keys + 1] = job.key
    end
  end
  if #jobs == 0 then
    return
  end
  maxEvents(q)
  local someExist = call('EXISTS', unpack(keys)) > 0
  local moved = {}
  for _, job in ipairs(jobs) do
    job.exists = someExist and call('EXISTS', job.key) == 1
    if not job.exists then
      moved[#moved + 1] = job.due
      moved[#moved + 1] = ARGV[job.at]
    end
  end
  if #moved > 0 then
    call('ZADD', q['repeat'], unpack(moved))
    call('INCRBY', q.id, string.format('%d', #moved / 2))
  end
  for _, job in ipairs(jobs) do
    if job.exists then
      emitCapped(q, 'duplicated', 'jobId', job.jobId)
    else
      local ok, why = pcall(make, job)
      if not ok then
        failed[job.position] = why
      end
    end
  end
end

-- A scheduler's second step sees what its first has done.
local first = 1
while first <= count do
  local ids, seen, last = {}, {}, first
  while last <= count and not seen[ARGV[startOf(last)]] do
    local id = ARGV[startOf(last)]
    seen[id] = true
    ids[#ids + 1] = id
    last = last + 1
  end
  local ok, why = pcall(makeAll, first, last - 1, ids)
  for position = first, ok and 0 or last - 1 do
    failed[position] = why
  end
  first = last
end
if #delayed > 0 then
  call('ZADD', q.delayed, unpack(delayed))
  call('ZADD', q.marker, nextDue(q), '1')
end
local faults = {}
for position = 1, count do
  if failed[position] then
    faults[#faults + 1] = position
    faults[#faults + 1] = faultText(failed[position])
  end
end
return faults
