--include call
-- Whether the job is the pending run of a scheduler that still exists.
local function schedulerOwned(jobId, jobKey, repeatKey)
  local rjk = call('HGET', jobKey, 'rjk')
  if not rjk then
    return false
  end
  local score = call('ZSCORE', repeatKey, rjk)
  return score and jobId == 'repeat:' .. rjk .. ':' .. score or false
end
