-- moveToDelayed-11: an active job is to run later: after a failed attempt, or because its processor says so.
-- KEYS[1] marker  [2] active  [3] prioritized  [4] delayed  [5] job  [6] events  [7] meta  [8] stalled  [9] wait
--   [10] limiter  [11] pc
-- ARGV[1] prefix  [2] now ms  [3] id  [4] token  [5] delay ms  [6] 0: the attempt counts  [7] msgpack list of fields and
--   values to write, or ''  [8] 1: take the next  [9] msgpack map as moveToActive-11, or ''
-- reply: as moveToActive-11 when a job was taken, else 0; -1 no job, -2 no lock, -3 not active, -6 another's lock
--include queueOf
--include delayJob
--include unpackFields
--include fetchNext
--include delayMark
local q = queueOf(ARGV[1], {
  marker = KEYS[1], active = KEYS[2], prioritized = KEYS[3], delayed = KEYS[4], events = KEYS[6], meta = KEYS[7],
  stalled = KEYS[8], wait = KEYS[9], limiter = KEYS[10], pc = KEYS[11]
})
local code = delayJob(q, ARGV[3], KEYS[5], ARGV[4], ARGV[2], ARGV[5], ARGV[6] == '0', unpackFields(ARGV[7]))
if code < 0 then
  return code
end
if ARGV[8] == '1' then
  local answer = fetchNext(q, ARGV[2], cmsgpack.unpack(ARGV[9]))
  if answer and type(answer[1]) == 'table' then
    return answer
  end
end
delayMark(q)
return 0
