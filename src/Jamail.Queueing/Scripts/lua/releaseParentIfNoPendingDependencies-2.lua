-- releaseParentIfNoPendingDependencies-2: the end of a flow's insert: a parent whose children are all done already goes on.
-- KEYS[1] parent job  [2] its dependencies
-- ARGV[1] the parent's queue key without the last colon  [2] parent id  [3] now ms
-- reply: nil
--include endAttachment
endAttachment(ARGV[1], KEYS[2], KEYS[1], ARGV[2], ARGV[3])
