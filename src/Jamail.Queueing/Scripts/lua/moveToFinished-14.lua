-- moveToFinished-14: a job is done or given up; optionally takes the next one.
-- KEYS[1] wait  [2] active  [3] prioritized  [4] events  [5] stalled  [6] limiter  [7] delayed  [8] paused  [9] meta
--   [10] pc  [11] completed or failed  [12] job  [13] metrics of that state  [14] marker
-- ARGV[1] id  [2] now ms  [3] returnvalue or failedReason  [4] its value  [5] completed or failed  [6] 1: take the next
--   [7] prefix  [8] msgpack map {token, name?, keepJobs {count?, age?, limit?}, limiter?, lockDuration, attempts,
--   maxMetricsSize or ''}  [9] msgpack list of fields and values to write, or ''
-- reply: as moveToActive-11 when there is an answer to the fetch, else 0; -1 no job, -2 no lock, -3 not active, -4 open
--   children, -6 another's lock, -9 failed children
--include queueOf
--include finishJob
--include unpackFields
--include fetchNext
--include drained
local q = queueOf(ARGV[7], {
  wait = KEYS[1], active = KEYS[2], prioritized = KEYS[3], events = KEYS[4], stalled = KEYS[5], limiter = KEYS[6],
  delayed = KEYS[7], paused = KEYS[8], meta = KEYS[9], pc = KEYS[10], marker = KEYS[14]
})
local terms = cmsgpack.unpack(ARGV[8])
local code = finishJob(q, {
  id = ARGV[1], key = KEYS[12], token = terms.token, value = ARGV[4], target = ARGV[5], field = ARGV[3], set = KEYS[11],
  fields = unpackFields(ARGV[9]), keep = terms.keepJobs, attempts = terms.attempts,
  maxMetrics = terms.maxMetricsSize, metricsKey = KEYS[13]
}, ARGV[2])
if code < 0 then
  return code
end
if ARGV[6] == '1' then
  local answer = fetchNext(q, ARGV[2], terms)
  if answer then
    return answer
  end
end
drained(q)
return 0
