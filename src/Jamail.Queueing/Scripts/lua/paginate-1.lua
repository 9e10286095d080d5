-- paginate-1: a page of the members of a set or of the fields of a hash.
-- KEYS[1] set or hash
-- ARGV[1] start  [2] end, -1 for all  [3] cursor  [4] how many were passed before it  [5] how many scans  [6] optional:
--   with the hashes the members name
-- reply: [cursor, passed, items, total, hashes]; of a key that is not there [0, 0, [], 0]
--include call
local key = KEYS[1]
local kind = call('TYPE', key).ok
if kind == 'none' then
  return {0, 0, {}, 0}
end
local scan, length
if kind == 'hash' then
  scan, length = 'HSCAN', 'HLEN'
elseif kind == 'set' then
  scan, length = 'SSCAN', 'SCARD'
else
  return redis.error_reply('Pagination is only supported for sets and hashes.')
end
local width = kind == 'hash' and 2 or 1
local total = call(length, key)
local start, stop = tonumber(ARGV[1]), tonumber(ARGV[2])
if stop == -1 then
  stop = total
end
local pageEnd = start + (stop - start + 1)
local cursor, passed = ARGV[3], tonumber(ARGV[4])
local items, hashes = {}, {}

local function collect(batch)
  for i = 1, #batch, width do
    if passed >= pageEnd then
      return
    end
    if passed >= start then
      if width == 2 then
        items[#items + 1] = {batch[i], batch[i + 1]}
      else
        items[#items + 1] = batch[i]
      end
      if ARGV[6] then
        hashes[#hashes + 1] = call('HGETALL', batch[i])
      end
    end
    passed = passed + 1
  end
end

local scans = 0
repeat
  local found = call(scan, key, cursor, 'COUNT', 100)
  cursor = found[1]
  local batch = found[2]
  local count = #batch / width
  if count == 0 then
    break
  end
  if passed + count < start then
    passed = passed + count
  elseif passed > pageEnd then
    break
  else
    collect(batch)
  end
  scans = scans + 1
until cursor == '0' or scans >= tonumber(ARGV[5])
return {cursor, passed, items, total, hashes}
