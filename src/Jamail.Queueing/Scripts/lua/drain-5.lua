-- drain-5: removes what waits. The pending jobs of schedulers stay.
-- KEYS[1] wait  [2] paused  [3] delayed  [4] prioritized  [5] repeat
-- ARGV[1] prefix  [2] 1: delayed jobs too
-- reply: nil
--include queueOf
--include removeList
--include removeZset
local q = queueOf(ARGV[1], {
  wait = KEYS[1], paused = KEYS[2], delayed = KEYS[3], prioritized = KEYS[4], ['repeat'] = KEYS[5]
})
local pending = {}
local schedulers = call('ZRANGE', q['repeat'], '0', '-1', 'WITHSCORES')
for i = 1, #schedulers, 2 do
  pending['repeat:' .. schedulers[i] .. ':' .. schedulers[i + 1]] = true
end
removeList(q, q.wait, true, 0, pending)
removeList(q, q.paused, true, 0, pending)
if ARGV[2] == '1' then
  removeZset(q, q.delayed, true, 0, pending)
end
removeZset(q, q.prioritized, true, 0, pending)
