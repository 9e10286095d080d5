--include meta
--include nextDue
--include takeJob
-- Takes jobs from wait as fetchMany does, when nothing else has a say: no pause, no limit, no job that is due. Replies
-- 'more' when fetchMany is to go on from here, else the first error, nil without one.
local function takeUsual(q, timestamp, wanted, terms, most, taken)
  local known = meta(q)
  if known[1] or known[2] or known[3] or terms.limiter then
    return 'more'
  end
  local due = nextDue(q)
  if due and due < tonumber(timestamp) + 1 then
    return 'more'
  end
  local ids = call('RPOP', q.wait, wanted) or {}
  local fieldsOf = {}
  local size, fits = 0, #ids
  for i, id in ipairs(ids) do
    if size >= most or fieldsOf[id] or string.sub(id, 1, 2) == '0:' then
      fits = i - 1
      break
    end
    local fields, bytes = readJob(q.prefix .. id)
    fieldsOf[id] = fields
    size = size + bytes
  end
  local found = #ids
  if fits < found then
    local rest = {}
    for i = found, fits + 1, -1 do
      rest[#rest + 1] = ids[i]
      ids[i] = nil
    end
    call('RPUSH', q.wait, unpack(rest))
  end
  taken.size = size
  local jobs, fault = taken.jobs, nil
  if fits > 0 then
    call('LPUSH', q.active, unpack(ids))
    for _, id in ipairs(ids) do
      local fields = fieldsOf[id]
      local ok, why = pcall(takeJob, q, id, timestamp, terms, fields)
      if ok then
        jobs[#jobs + 1] = fields
      else
        fault = fault or why
      end
    end
    if #jobs > 0 then
      call('ZADD', q.marker, '0', '0')
    end
  end
  if fault or fits == wanted or size >= most then
    return fault
  elseif fits < found or call('EXISTS', q.prioritized, q.pc) > 0 then
    return 'more'
  end
  taken.due = due or 0
  if #jobs == 0 then
    taken.none = due and 'now' or 'ever'
  end
end
