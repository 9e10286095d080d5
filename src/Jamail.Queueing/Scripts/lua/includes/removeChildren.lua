--include keySplit
--include call
-- Removes the children of a job, depth first, by the function removeTree.
local function removeChildren(jobKey, options, removeTree)
  local function remove(childKey)
    local prefix, id = keySplit(childKey)
    removeTree(prefix, id, jobKey, options)
  end
  if not options.ignoreProcessed then
    for _, suffix in ipairs({':processed', ':failed'}) do
      local entries = call('HGETALL', jobKey .. suffix)
      for i = 1, #entries, 2 do
        remove(entries[i])
      end
    end
    for _, childKey in ipairs(call('ZRANGE', jobKey .. ':unsuccessful', '0', '-1')) do
      remove(childKey)
    end
  end
  for _, childKey in ipairs(call('SMEMBERS', jobKey .. ':dependencies')) do
    remove(childKey)
  end
end
