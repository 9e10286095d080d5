-- scanKeys-1: some of the keys of a queue.
-- KEYS[1] prefix
-- ARGV[1] cursor  [2] pattern of what follows the prefix  [3] about how many
-- reply: [next cursor, keys]
--include call
local prefix = string.gsub(KEYS[1], '[%*%?%[%]\\]', '\\%0')
return call('SCAN', ARGV[1], 'MATCH', prefix .. ARGV[2], 'COUNT', ARGV[3])
