-- addPrioritizedJob-9: adds a job with a priority.
-- KEYS[1] marker  [2] meta  [3] id  [4] prioritized  [5] delayed  [6] completed  [7] active  [8] events  [9] pc
-- ARGV as addStandardJob-9
-- reply: id; -5: no such parent; -7: the job has another parent
--include addJob
--include dedup
--include enqueuePrioritized
--include jobFromArguments
local job = jobFromArguments(ARGV[1], ARGV[2], ARGV[3])
local q = queueOf(job.prefix, {
  marker = KEYS[1], meta = KEYS[2], id = KEYS[3], prioritized = KEYS[4], delayed = KEYS[5], completed = KEYS[6],
  active = KEYS[7], events = KEYS[8], pc = KEYS[9]
})
return addJob(q, job, dedup, enqueuePrioritized)
