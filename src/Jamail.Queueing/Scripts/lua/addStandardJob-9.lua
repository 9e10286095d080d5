-- addStandardJob-9: adds a job that is ready at once.
-- KEYS[1] wait  [2] paused  [3] meta  [4] id  [5] completed  [6] delayed  [7] active  [8] events  [9] marker
-- ARGV[1] msgpack list: prefix, chosen id or '', name, timestamp ms, parent key or nil, its dependencies key or nil, parent
--   {id, queueKey, flag} or nil, scheduler id or nil, deduplication key or nil, 1 within a flow or nil
-- ARGV[2] data JSON   ARGV[3] msgpack map: options with stored names
-- reply: id; -5: no such parent; -7: the job has another parent
--include addJob
--include dedup
--include enqueueWaiting
--include jobFromArguments
local job = jobFromArguments(ARGV[1], ARGV[2], ARGV[3])
local q = queueOf(job.prefix, {
  wait = KEYS[1], paused = KEYS[2], meta = KEYS[3], id = KEYS[4], completed = KEYS[5], delayed = KEYS[6],
  active = KEYS[7], events = KEYS[8], marker = KEYS[9]
})
return addJob(q, job, dedup, enqueueWaiting)
