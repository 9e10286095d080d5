-- addLog-2: adds a row to a job's log.
-- KEYS[1] job  [2] logs
-- ARGV[1] id (not read)  [2] row  [3] how many rows are kept, 1 or more; '' for all
-- reply: how many rows there are; -1 no job
--include call
if call('EXISTS', KEYS[1]) ~= 1 then
  return -1
end
local rows = call('RPUSH', KEYS[2], ARGV[2])
if ARGV[3] == '' then
  return rows
end
call('LTRIM', KEYS[2], -ARGV[3], '-1')
return math.min(ARGV[3], rows)
