-- updateJobScheduler-12: makes the next job of a scheduler when its pending one has been taken.
-- KEYS[1] repeat  [2] delayed  [3] wait  [4] paused  [5] meta  [6] prioritized  [7] marker  [8] id  [9] events  [10] pc
--   [11] not read  [12] active
-- ARGV[1] next run ms, '' with `every`  [2] scheduler id  [3] not read  [4] msgpack map: options of the job to make
--   [5] now ms  [6] prefix  [7] id of the job that was taken
-- reply: id of the new job; nil when the taken job was not the pending one, or the next one exists already
--include queueOf
--include schedulerNext
local q = queueOf(ARGV[6], {
  ['repeat'] = KEYS[1], delayed = KEYS[2], wait = KEYS[3], paused = KEYS[4], meta = KEYS[5], prioritized = KEYS[6],
  marker = KEYS[7], id = KEYS[8], events = KEYS[9], pc = KEYS[10], active = KEYS[12]
})
return schedulerNext(q, ARGV[2], ARGV[1], ARGV[4], ARGV[5], ARGV[7])
