-- addJobs-12: adds many jobs of any kind. Each is added as its own script would: one that is refused, or whose script
-- fails, does not touch the others.
-- KEYS[1] wait  [2] paused  [3] meta  [4] id  [5] completed  [6] delayed  [7] active  [8] events  [9] marker
--   [10] prioritized  [11] pc  [12] waiting-children
-- ARGV[1] prefix, then six for each job: chosen id or '', name, data JSON, options JSON with stored names, timestamp ms,
--   and '' or 'lifo' where that is all, else a JSON map {delay? (ms) and priority? (both as text), lifo?, waitsForChildren?,
--   de?, parentKey?, dependenciesKey?, parent? (the link's JSON as text), rjk?, defer?}
-- reply: [ids in order, '' where there is none], [position from 1, code or 0, error text, ...]
--include queueOf
--include maxEvents
--include emitCapped
--include waitingList
--include baseMark
--include blocked
--include faultText
--seldom addJob dedup dedupNoReplace enqueueWaiting enqueueDelayed enqueuePrioritized enqueueParent duplicateAdd
local q = queueOf(ARGV[1], {
  wait = KEYS[1], paused = KEYS[2], meta = KEYS[3], id = KEYS[4], completed = KEYS[5], delayed = KEYS[6],
  active = KEYS[7], events = KEYS[8], marker = KEYS[9], prioritized = KEYS[10], pc = KEYS[11],
  waitingChildren = KEYS[12]
})
q.group = true
local width = 6
local ids, refused = {}, {}

local function refuse(position, code, text)
  ids[position] = ''
  local n = #refused
  refused[n + 1], refused[n + 2], refused[n + 3] = position, code, text
end

-- Jobs that are ready at once and have nothing to do with others share the counter, the push and the marker.
local function isPlain(at)
  local mode = ARGV[at + 5]
  return mode == '' or mode == 'lifo'
end

local function read(at)
  local job = {
    id = ARGV[at], name = ARGV[at + 1], data = ARGV[at + 2], optionsJson = ARGV[at + 3], timestamp = ARGV[at + 4],
    delay = '0', priority = '0', lifo = ARGV[at + 5] == 'lifo'
  }
  if not isPlain(at) then
    local more = cjson.decode(ARGV[at + 5])
    job.delay, job.priority = more.delay or '0', more.priority or '0'
    job.lifo, job.waitsForChildren, job.de, job.rjk, job.defer =
      more.lifo, more.waitsForChildren, more.de, more.rjk, more.defer
    if more.parentKey then
      job.parentKey, job.dependenciesKey, job.parentData = more.parentKey, more.dependenciesKey, more.parent
      job.parent = cjson.decode(more.parent)
    end
    if job.de and job.de.id then
      job.dedupKey = q.prefix .. 'de:' .. job.de.id
    end
  end
  return job
end

local function addAny(at)
  local job = read(at)
  if job.waitsForChildren then
    return addJob(q, job, dedupNoReplace, enqueueParent)
  elseif tonumber(job.delay) > 0 then
    return addJob(q, job, dedup, enqueueDelayed)
  elseif tonumber(job.priority) ~= 0 then
    job.priority = tonumber(job.priority)
    return addJob(q, job, dedup, enqueuePrioritized)
  end
  return addJob(q, job, dedup, enqueueWaiting)
end

local front, back = {}, {}
local function addPlain(at, number)
  local id = ARGV[at]
  if id == '' then
    id = string.format('%d', number)
  elseif call('EXISTS', q.prefix .. id) == 1 then
    return duplicateAdd(q, read(at), q.prefix .. id, id)
  end
  local name = ARGV[at + 1]
  call('HSET', q.prefix .. id, 'name', name, 'data', ARGV[at + 2], 'opts', ARGV[at + 3], 'timestamp', ARGV[at + 4],
    'delay', '0', 'priority', '0')
  call('XADD', q.events, '*', 'event', 'added', 'jobId', id, 'name', name)
  local ready = ARGV[at + 5] == '' and back or front
  ready[#ready + 1] = id
  if q.group == 'trimmed' then
    call('XADD', q.events, '*', 'event', 'waiting', 'jobId', id)
  else
    emitCapped(q, 'waiting', 'jobId', id)
  end
  return id
end

local function pushReady(command, ready)
  for first = 1, #ready, 7000 do
    call(command, waitingList(q), unpack(ready, first, math.min(first + 6999, #ready)))
  end
end

local count = (#ARGV - 1) / width
local position = 1
while position <= count do
  local last = position
  while last <= count and isPlain(2 + (last - 1) * width) do
    last = last + 1
  end
  if last > position then
    maxEvents(q)
    local number = call('INCRBY', q.id, last - position) - (last - position)
    for i = position, last - 1 do
      local ok, result = pcall(addPlain, 2 + (i - 1) * width, number + i - position + 1)
      if ok then
        ids[i] = result
      else
        refuse(i, 0, faultText(result))
      end
    end
    pushReady('LPUSH', back)
    pushReady('RPUSH', front)
    if #back + #front > 0 then
      baseMark(q, blocked(q))
    end
    front, back = {}, {}
    position = last
  else
    local ok, result = pcall(addAny, 2 + (position - 1) * width)
    if not ok then
      refuse(position, 0, faultText(result))
    elseif type(result) == 'number' then
      refuse(position, result, '')
    else
      ids[position] = result
    end
    position = position + 1
  end
end
return {ids, refused}
