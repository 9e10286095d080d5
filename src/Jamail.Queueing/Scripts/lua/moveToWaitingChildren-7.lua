-- moveToWaitingChildren-7: an active job waits for its children.
-- KEYS[1] active  [2] waiting-children  [3] job  [4] its dependencies  [5] its unsuccessful  [6] stalled  [7] events
-- ARGV[1] token  [2] the child to wait for, '' for any  [3] now ms  [4] id  [5] prefix (not read)
-- reply: 0; 1 nothing to wait for; -1 no job, -2 no lock, -3 not active, -6 another's lock, -9 failed children
--include queueOf
--include waitForChildren
local id, key = ARGV[4], KEYS[3]
local q = queueOf(string.sub(key, 1, -#id - 1), {
  active = KEYS[1], waitingChildren = KEYS[2], stalled = KEYS[6], events = KEYS[7]
})
return waitForChildren(q, id, key, ARGV[1], ARGV[3], ARGV[2] ~= '' and ARGV[2] or nil)
