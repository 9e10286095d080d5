-- extendLocks-1: keeps the locks of running jobs alive.
-- KEYS[1] stalled
-- ARGV[1] prefix  [2] msgpack list of tokens  [3] msgpack list of ids, same order  [4] duration ms
-- reply: the ids whose lock is no longer ours; empty when all were renewed
--include call
local tokens = cmsgpack.unpack(ARGV[2])
local ids = cmsgpack.unpack(ARGV[3])
local lost = {}
for i, id in ipairs(ids) do
  local lock = ARGV[1] .. id .. ':lock'
  if call('GET', lock) == tokens[i] then
    call('SET', lock, tokens[i], 'PX', ARGV[4])
    call('SREM', KEYS[1], id)
  else
    lost[#lost + 1] = id
  end
end
return lost
