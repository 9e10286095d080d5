--include dedupSet
-- As dedupSet, but an owner whose successor is kept owns the key without end.
local function dedupOwn(key, id, de)
  if de.keepLastIfActive then
    call('SET', key, id)
  else
    dedupSet(key, id, de)
  end
end
