-- isJobInList-1: whether a list holds a job.
-- KEYS[1] list
-- ARGV[1] id
-- reply: 1 or nil
--include listHolds
return listHolds(KEYS[1], ARGV[1])
