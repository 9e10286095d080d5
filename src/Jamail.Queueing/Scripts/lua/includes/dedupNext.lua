--include dedupTell
--include optionsJson
-- While the owner runs, the latest payload is kept for the time after it.
local function dedupNext(q, job, owner, id)
  local de = job.de
  if not de.keepLastIfActive or not call('LPOS', q.prefix .. 'active', owner) then
    return false
  end
  local nextKey = q.prefix .. 'dn:' .. de.id
  local fields = {'name', job.name, 'data', job.data, 'opts', optionsJson(job), 'jid', id}
  local function add(name, value)
    if value then
      fields[#fields + 1] = name
      fields[#fields + 1] = value
    end
  end
  add('pk', job.parentKey)
  add('pd', job.parentData)
  add('pdk', job.dependenciesKey)
  add('rjk', job.rjk)
  call('DEL', nextKey)
  call('HSET', nextKey, unpack(fields))
  call('PERSIST', job.dedupKey)
  dedupTell(q, job, owner, id)
  return true
end
