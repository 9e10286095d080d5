-- removeParents-1: removes jobs that wait for children, not the children: what obliterate leaves. Call again while as many were
-- removed as asked for.
-- KEYS[1] prefix
-- ARGV[1] how many at most
-- reply: how many were removed
--include queueOf
--include removeJob
--include removeMembers
local q = queueOf(KEYS[1])
local ids = call('ZRANGE', q.waitingChildren, '0', ARGV[1] - 1)
for _, id in ipairs(ids) do
  removeJob(q, id, true, true)
end
removeMembers(q.waitingChildren, ids)
return #ids
