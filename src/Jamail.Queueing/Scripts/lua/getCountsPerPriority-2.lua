-- getCountsPerPriority-2: how many jobs of some priorities are ready.
-- KEYS[1] wait  [2] prioritized
-- ARGV priorities
-- reply: one number for each; where a paused queue may keep its jobs in paused, those count too
--include call
--include pausedLayout
local counts = {}
for i, priority in ipairs(ARGV) do
  priority = tonumber(priority)
  if priority == 0 then
    counts[i] = call('LLEN', KEYS[1])
    if pausedLayout ~= 'wait' then
      counts[i] = counts[i] + call('LLEN', string.sub(KEYS[1], 1, -5) .. 'paused')
    end
  else
    counts[i] = call('ZCOUNT', KEYS[2], priority * 4294967296, (priority + 1) * 4294967296 - 1)
  end
end
return counts
