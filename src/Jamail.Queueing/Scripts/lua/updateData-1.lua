-- updateData-1: replaces the data of a job.
-- KEYS[1] job
-- ARGV[1] data JSON
-- reply: 0; -1 no job
--include call
if call('EXISTS', KEYS[1]) ~= 1 then
  return -1
end
call('HSET', KEYS[1], 'data', ARGV[1])
return 0
