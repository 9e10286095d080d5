-- isFinished-3: whether a job is done.
-- KEYS[1] completed  [2] failed  [3] job
-- ARGV[1] id  [2] 1: with its result, or ''
-- reply: 0 no, 1 completed, 2 failed, -1 no job; with the result [code, result or text]
--include call
local id, withResult = ARGV[1], ARGV[2] == '1'
if call('EXISTS', KEYS[3]) ~= 1 then
  if withResult then
    return {-1, 'Missing key for job ' .. KEYS[3] .. '. isFinished'}
  end
  return -1
end
local code, field = 0, nil
if call('ZSCORE', KEYS[1], id) then
  code, field = 1, 'returnvalue'
elseif call('ZSCORE', KEYS[2], id) then
  code, field = 2, 'failedReason'
end
if not withResult then
  return code
end
if not field then
  return {code}
end
return {code, call('HGET', KEYS[3], field)}
