-- addParentJob-6: adds a job that waits for its children.
-- KEYS[1] meta  [2] id  [3] delayed  [4] waiting-children  [5] completed  [6] events
-- ARGV as addStandardJob-9; deduplication never replaces or reschedules here
-- reply: id; -5: no such parent; -7: the job has another parent
--include addJob
--include dedupNoReplace
--include enqueueParent
--include jobFromArguments
local job = jobFromArguments(ARGV[1], ARGV[2], ARGV[3])
local q = queueOf(job.prefix, {
  meta = KEYS[1], id = KEYS[2], delayed = KEYS[3], waitingChildren = KEYS[4], completed = KEYS[5], events = KEYS[6]
})
return addJob(q, job, dedupNoReplace, enqueueParent)
