--include keySplit
--include call
-- Whether a job, or with children one of its unfinished descendants, is locked.
local function isLocked(prefix, id, withChildren)
  if call('GET', prefix .. id .. ':lock') then
    return true
  end
  if withChildren then
    for _, childKey in ipairs(call('SMEMBERS', prefix .. id .. ':dependencies')) do
      local childPrefix, childId = keySplit(childKey)
      if isLocked(childPrefix, childId, withChildren) then
        return true
      end
    end
  end
  return false
end
