-- removeDeduplicationKey-1: a job gives up its deduplication key.
-- KEYS[1] deduplication key
-- ARGV[1] id
-- reply: 1; 0 when the key belongs to another job
--include call
if call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return call('DEL', KEYS[1])
