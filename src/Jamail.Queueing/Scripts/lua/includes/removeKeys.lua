--include call
-- Deletes a job's hash and what hangs on it; the lock expires by itself. Replies how many keys there were.
local function removeKeys(jobKey)
  return call('DEL', jobKey, jobKey .. ':logs', jobKey .. ':dependencies', jobKey .. ':processed',
    jobKey .. ':failed', jobKey .. ':unsuccessful')
end
