-- updateSchedulers-1: makes the next jobs of many schedulers of a queue, each as updateJobScheduler would. One whose script fails
-- does not touch the others.
-- KEYS[1] prefix of the queue
-- ARGV[1] now ms, then five for each job that was taken: scheduler id, next run ms ('' with `every`), msgpack map of the options
--   of the job to make, id of the job that was taken, its data ('' for none)
-- reply: [position from 1, error text, ...] of those whose script failed
--include queueOf
--include schedulerNext
--include faultText
local q = queueOf(KEYS[1])
q.group = true
q.firstDue = math.huge
local width = 5
local faults = {}
for i = 1, (#ARGV - 1) / width do
  local at = 2 + (i - 1) * width
  local ok, why = pcall(schedulerNext, q, ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[1], ARGV[at + 3], ARGV[at + 4])
  if not ok then
    faults[#faults + 1] = i
    faults[#faults + 1] = faultText(why)
  end
end
return faults
