--include call
-- Whether a list holds an id; for servers without LPOS.
local function listHolds(list, id)
  for _, entry in ipairs(call('LRANGE', list, '0', '-1')) do
    if entry == id then
      return true
    end
  end
  return false
end
