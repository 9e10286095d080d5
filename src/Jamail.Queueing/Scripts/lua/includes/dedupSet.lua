--include call
-- Makes a job the owner of a deduplication key, for the ttl of the options or without end.
local function dedupSet(key, id, de)
  local ttl = de and de.ttl
  if ttl and ttl > 0 then
    call('SET', key, id, 'PX', ttl)
  else
    call('SET', key, id)
  end
end
