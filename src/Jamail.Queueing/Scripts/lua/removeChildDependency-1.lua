-- removeChildDependency-1: a parent waits for a child no more.
-- KEYS[1] prefix
-- ARGV[1] child job key  [2] parent job key
-- reply: 0; 1 the child is not an unfinished child of it; -1 no child, -5 no parent
--include unlinkParent
if call('EXISTS', ARGV[1]) ~= 1 then
  return -1
end
if call('EXISTS', ARGV[2]) ~= 1 then
  return -5
end
if not unlinkParent(ARGV[1], false, ARGV[2], KEYS[1]) then
  return 1
end
call('HDEL', ARGV[1], 'parentKey', 'parent')
return 0
