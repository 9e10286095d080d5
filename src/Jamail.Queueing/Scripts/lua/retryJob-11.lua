-- retryJob-11: a failed attempt is followed by the next one at once.
-- KEYS[1] active  [2] wait  [3] paused  [4] job  [5] meta  [6] events  [7] delayed  [8] prioritized  [9] pc  [10] marker
--   [11] stalled
-- ARGV[1] prefix  [2] now ms  [3] LPUSH or RPUSH  [4] id  [5] token  [6] msgpack list of fields and values to write, or ''
-- reply: 0; -1 no job, -2 no lock, -3 not active, -6 another's lock
--include queueOf
--include retryNow
--include unpackFields
local q = queueOf(ARGV[1], {
  active = KEYS[1], wait = KEYS[2], paused = KEYS[3], meta = KEYS[5], events = KEYS[6], delayed = KEYS[7],
  prioritized = KEYS[8], pc = KEYS[9], marker = KEYS[10], stalled = KEYS[11]
})
return retryNow(q, ARGV[4], KEYS[4], ARGV[5], ARGV[2], ARGV[3], unpackFields(ARGV[6]))
