-- getDependencyCounts-4: how many children of a job are in each state.
-- KEYS[1] job:processed  [2] job:dependencies  [3] job:failed  [4] job:unsuccessful
-- ARGV processed, unprocessed, ignored or failed
-- reply: one number for each
--include call
local counts = {}
for i, name in ipairs(ARGV) do
  if name == 'processed' then
    counts[i] = call('HLEN', KEYS[1])
  elseif name == 'unprocessed' then
    counts[i] = call('SCARD', KEYS[2])
  elseif name == 'ignored' then
    counts[i] = call('HLEN', KEYS[3])
  else
    counts[i] = call('ZCARD', KEYS[4])
  end
end
return counts
