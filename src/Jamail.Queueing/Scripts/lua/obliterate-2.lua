-- obliterate-2: removes a paused queue, some jobs at a time. Call again while 1. Parents that wait for children stay.
-- KEYS[1] meta  [2] prefix
-- ARGV[1] how many at most  [2] force: active jobs too, or ''
-- reply: 1 more is left, 0 done; -1 not paused, -2 jobs are active
--include queueOf
--include removeJob
--include removeList
--include removeZset
--include removeMembers
local q = queueOf(KEYS[2], {meta = KEYS[1]})
local left = tonumber(ARGV[1])
if call('HEXISTS', q.meta, 'paused') == 0 then
  return -1
end
local active = call('LRANGE', q.active, '0', left - 1)
if #active > 0 and ARGV[2] == '' then
  return -2
end
for _, id in ipairs(active) do
  call('DEL', q.prefix .. id .. ':lock')
  removeJob(q, id, true, true)
end
call('LTRIM', q.active, #active, '-1')
left = left - #active
if left <= 0 then
  return 1
end
left = removeZset(q, q.delayed, true, left)
if left <= 0 then
  return 1
end
local schedulers = call('ZRANGE', q['repeat'], '0', left - 1)
for _, id in ipairs(schedulers) do
  call('DEL', q['repeat'] .. ':' .. id)
end
removeMembers(q['repeat'], schedulers)
left = left - #schedulers
if left <= 0 then
  return 1
end
local steps = {
  {removeZset, q.completed}, {removeList, q.wait}, {removeList, q.paused}, {removeZset, q.prioritized},
  {removeZset, q.failed}
}
for _, step in ipairs(steps) do
  left = step[1](q, step[2], true, left)
  if left <= 0 then
    return 1
  end
end
local own = {
  'events', 'delay', 'stalled-check', 'stalled', 'id', 'pc', 'marker', 'meta', 'metrics:completed',
  'metrics:completed:data', 'metrics:failed', 'metrics:failed:data'
}
for i, suffix in ipairs(own) do
  own[i] = q.prefix .. suffix
end
call('DEL', unpack(own))
return 0
