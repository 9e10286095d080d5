-- removeUnprocessedChildren-2: removes the children of a job that have neither finished nor are running.
-- KEYS[1] job  [2] meta
-- ARGV[1] prefix  [2] id (not read)
-- reply: nil
--include queueOf
--include removeTree
queueOf(ARGV[1], {meta = KEYS[2]})
removeChildren(KEYS[1], {removeChildren = true, ignoreProcessed = true, ignoreLocked = true}, removeTree)
