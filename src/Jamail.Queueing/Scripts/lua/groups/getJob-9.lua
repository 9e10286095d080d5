-- getJob-9: a job and where it is, as of one moment.
-- KEYS[1] completed  [2] failed  [3] delayed  [4] active  [5] wait  [6] paused  [7] waiting-children  [8] prioritized  [9] job
-- ARGV[1] id
-- reply: [state as getStateV2 tells it, fields and values]
--include findState
local keys = {KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]}
return {findState(keys, ARGV[1]), call('HGETALL', KEYS[9])}
