-- The flat list of fields and values of a packed argument; nil when nothing is to be written.
local function unpackFields(packed)
  if packed and #packed > 0 then
    return cmsgpack.unpack(packed)
  end
end
