--include call
--include trimEvents
--include nextCount
--include addFinished
--seldom countMetrics
-- Completes the job whose outcome begins at ARGV[at], if it is of the usual kind: its lock is held, it has no parent, no
-- children and no deduplication, and it is kept, for ever or as all others of the group are. Replies 0 or -3; nil, and nothing is done,
-- when it is another kind.
local function settleUsual(q, at, timestamp, position)
  local id, token, value = ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local isTrimmed = ARGV[at + 4] ~= '-1' and ARGV[at + 4] ~= '' or ARGV[at + 5] ~= ''
  if not q.childless or q.locks[id] ~= token or token == '0' or ARGV[at + 4] == '0' or ARGV[at + 5] == '0'
    or isTrimmed and not q.sameKeep
  then
    return nil
  end
  local key = q.prefix .. id
  local known = call('HMGET', key, 'parentKey', 'parent', 'deid', 'atm', 'ats')
  if not known[5] or known[1] or known[2] or known[3] then
    return nil
  end
  q.locks[id] = false
  local freed = q.freed
  freed[#freed + 1] = id
  if call('LREM', q.active, '-1', id) < 1 then
    return -3
  end
  if q.group ~= 'trimmed' then
    trimEvents(q)
  end
  local attemptsMade = known[4] and nextCount(key, 'atm', known[4]) or '1'
  addFinished(q, q.completed, timestamp, id)
  call('HSET', key, 'atm', attemptsMade, 'returnvalue', value, 'finishedOn', timestamp)
  call('XADD', q.events, '*', 'event', 'completed', 'jobId', id, 'returnvalue', value, 'prev', 'active')
  if isTrimmed then
    q.kept = q.kept or {count = 0}
    q.kept.count, q.kept.last = q.kept.count + 1, position
  end
  if ARGV[9] ~= '' then
    countMetrics(q, {metricsKey = KEYS[15], maxMetrics = ARGV[9]}, timestamp)
  end
  return 0
end
