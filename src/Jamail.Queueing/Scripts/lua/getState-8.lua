-- getState-8: where a job is, without LPOS. getStateV2-8 is quicker.
-- KEYS[1] completed  [2] failed  [3] delayed  [4] active  [5] wait  [6] paused  [7] waiting-children  [8] prioritized
-- ARGV[1] id
-- reply: completed, failed, delayed, prioritized, active, waiting, waiting-children or unknown
--include findState
--include listHolds
local keys = {KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]}
return findState(keys, ARGV[1], listHolds)
