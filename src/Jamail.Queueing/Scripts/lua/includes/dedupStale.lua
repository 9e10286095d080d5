--include dedupOwn
-- A key without an end whose owner is gone blocks nobody: the new job takes it over.
local function dedupStale(q, job, owner, id)
  local key = job.dedupKey
  if call('PTTL', key) ~= -1 or call('EXISTS', q.prefix .. owner) == 1 then
    return false
  end
  call('DEL', key)
  call('DEL', q.prefix .. 'dn:' .. job.de.id)
  dedupOwn(key, id, job.de)
  return true
end
