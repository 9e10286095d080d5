-- addFlows-1: adds whole flows: of each either every job or none. Its jobs become what their own scripts would make of them
-- in one transaction, parents before children; a parent whose children are all done already goes on at the end, also the one
-- the first job is added under.
-- KEYS[1] prefix of the queue of the first job
-- ARGV[1] now ms, then for each flow the number of its jobs, and for each job eleven: prefix, id, name, data JSON, options JSON
--   with stored names, timestamp ms, delay ms, priority, '' or 'lifo' or 'parent' (waits for children), and the parent's key
--   and the link to it (JSON as text), both '' without a parent
-- reply: for each flow that was refused its position from 1, the position of the job in it, code or 0, error text
--   -5: no such parent; -7: the job exists and belongs to another parent. Only a script error leaves a flow half added.
--include queueOf
--include maxEvents
--include storeJob
--include enqueueWaiting
--include faultText
--seldom duplicateAdd enqueueDelayed enqueuePrioritized endAttachment
--include enqueueParent
queueOf(KEYS[1]).group = true
local width = 11
local slice = 5000

local function keyOf(at)
  return ARGV[at] .. ARGV[at + 1]
end

local function countExisting(from, count)
  local existing = 0
  for first = 1, count, slice do
    local keys = {}
    for i = first, math.min(first + slice - 1, count) do
      keys[#keys + 1] = keyOf(from + (i - 1) * width)
    end
    existing = existing + call('EXISTS', unpack(keys))
  end
  return existing
end

-- Why a flow cannot be added: the job and the code; nothing when it can.
local function refusal(from, count, existing)
  local rootsParent = ARGV[from + 9]
  if rootsParent ~= '' and call('EXISTS', rootsParent) == 0 then
    return 1, -5
  end
  if existing == 0 then
    return
  end
  local before = {}
  for i = 1, count do
    local at = from + (i - 1) * width
    local parent = ARGV[at + 9]
    local old = parent ~= '' and call('HGET', keyOf(at), 'parentKey')
    if old and old ~= parent and (before[old] or call('EXISTS', old) == 1) then
      return i, -7
    end
    before[keyOf(at)] = true
  end
end

local function read(at)
  local mode = ARGV[at + 8]
  local job = {
    id = ARGV[at + 1], name = ARGV[at + 2], data = ARGV[at + 3], optionsJson = ARGV[at + 4], timestamp = ARGV[at + 5],
    delay = ARGV[at + 6], priority = ARGV[at + 7], lifo = mode == 'lifo', waitsForChildren = mode == 'parent', defer = true
  }
  if ARGV[at + 9] ~= '' then
    job.parentKey, job.dependenciesKey, job.parentData = ARGV[at + 9], ARGV[at + 9] .. ':dependencies', ARGV[at + 10]
  end
  return job
end

local function place(q, job)
  if job.waitsForChildren then
    enqueueParent(q, job, job.id)
  elseif tonumber(job.delay) > 0 then
    enqueueDelayed(q, job, job.id)
  elseif tonumber(job.priority) ~= 0 then
    job.priority = tonumber(job.priority)
    enqueuePrioritized(q, job, job.id)
  else
    enqueueWaiting(q, job, job.id)
  end
end

local function addNode(at, mayExist)
  local q = queueOf(ARGV[at])
  q.group = q.group or true
  local job = read(at)
  call('INCR', q.id)
  maxEvents(q)
  local key = q.prefix .. job.id
  if mayExist and call('EXISTS', key) == 1 then
    duplicateAdd(q, job, key, job.id)
    return
  end
  storeJob(q, job, job.id)
  place(q, job)
  if job.dependenciesKey then
    call('SADD', job.dependenciesKey, key)
  end
end

local function addFlow(from, count)
  local existing = countExisting(from, count)
  local job, code = refusal(from, count, existing)
  if code then
    return job, code
  end
  for i = 1, count do
    addNode(from + (i - 1) * width, existing > 0)
  end
  local rootsParent = ARGV[from + 9]
  if rootsParent ~= '' then
    local link = cjson.decode(ARGV[from + 10])
    endAttachment(link.queueKey, rootsParent .. ':dependencies', rootsParent, link.id, ARGV[1])
  end
  -- Where no job existed before, no child can be done already.
  for i = 1, existing > 0 and count or 0 do
    local at = from + (i - 1) * width
    if ARGV[at + 8] == 'parent' then
      endAttachment(string.sub(ARGV[at], 1, -2), keyOf(at) .. ':dependencies', keyOf(at), ARGV[at + 1], ARGV[1])
    end
  end
end

local refused = {}
local function refuse(flow, job, code, text)
  local n = #refused
  refused[n + 1], refused[n + 2], refused[n + 3], refused[n + 4] = flow, job, code, text
end

local at, flow = 2, 1
while at <= #ARGV do
  local count = tonumber(ARGV[at])
  local ok, job, code = pcall(addFlow, at + 1, count)
  if not ok then
    refuse(flow, 0, 0, faultText(job))
  elseif code then
    refuse(flow, job, code, '')
  end
  at = at + 1 + count * width
  flow = flow + 1
end
return refused
