-- cancelJob-13: a job that waits is failed or removed; for one that runs its worker is told by the hash of cancelled jobs.
-- KEYS[1] wait  [2] paused  [3] active  [4] prioritized  [5] delayed  [6] waiting-children  [7] completed  [8] failed
--   [9] events  [10] meta  [11] stalled  [12] repeat  [13] cancelled: id -> 'timestamp fail|remove reason'
-- ARGV[1] prefix  [2] id  [3] now ms  [4] fail or remove  [5] reason  [6] failedReason of a job failed here
--   [7] keep count  [8] keep age s  [9] keep limit ('' where not given)  [10] ms that an entry of [13] is kept
-- reply: 0 it was waiting and has been cancelled, 1 it runs and its worker is told, 2 it had ended; -1 no job, -6 it or an
--   unfinished child is locked, -8 it is the next run of a scheduler
--include queueOf
--include finishJob
--include drained
--include anyState
--include schedulerOwned
--include isLocked
--include removeTree
local q = queueOf(ARGV[1], {
  wait = KEYS[1], paused = KEYS[2], active = KEYS[3], prioritized = KEYS[4], delayed = KEYS[5], waitingChildren = KEYS[6],
  completed = KEYS[7], failed = KEYS[8], events = KEYS[9], meta = KEYS[10], stalled = KEYS[11]
})
local id, key, now, mode = ARGV[2], ARGV[1] .. ARGV[2], ARGV[3], ARGV[4]
local created = call('HGET', key, 'timestamp')
if not created then
  return -1
elseif call('ZSCORE', q.completed, id) or call('ZSCORE', q.failed, id) then
  return 2
elseif call('LPOS', q.active, id) then
  call('HSET', KEYS[13], id, created .. ' ' .. mode .. ' ' .. ARGV[5])
  call('PEXPIRE', KEYS[13], ARGV[10])
  return 1
elseif schedulerOwned(id, key, KEYS[12]) then
  return -8
elseif mode == 'remove' then
  if isLocked(q.prefix, id, true) then
    return -6
  end
  removeTree(q.prefix, id, nil, {removeChildren = true})
  return 0
end
-- As a worker would, only that nobody runs it.
anyState(q, id)
call('LPUSH', q.active, id)
local code = finishJob(q, {
  id = id, key = key, token = '0', target = 'failed', field = 'failedReason', set = q.failed, value = ARGV[6],
  keep = {count = tonumber(ARGV[7]), age = tonumber(ARGV[8]), limit = tonumber(ARGV[9])},
  attempts = '9007199254740991', maxMetrics = ''
}, now)
drained(q)
return code
