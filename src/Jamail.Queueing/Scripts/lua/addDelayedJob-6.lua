-- addDelayedJob-6: adds a job that is due later.
-- KEYS[1] marker  [2] meta  [3] id  [4] delayed  [5] completed  [6] events
-- ARGV as addStandardJob-9; options.delay in ms counts from the timestamp
-- reply: id; -5: no such parent; -7: the job has another parent
--include addJob
--include dedup
--include enqueueDelayed
--include jobFromArguments
local job = jobFromArguments(ARGV[1], ARGV[2], ARGV[3])
local q = queueOf(job.prefix, {
  marker = KEYS[1], meta = KEYS[2], id = KEYS[3], delayed = KEYS[4], completed = KEYS[5], events = KEYS[6]
})
return addJob(q, job, dedup, enqueueDelayed)
