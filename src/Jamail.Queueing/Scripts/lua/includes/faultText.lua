-- The text of a caught error, whichever way Redis hands it over.
local function faultText(fault)
  return type(fault) == 'table' and fault.err or tostring(fault)
end
