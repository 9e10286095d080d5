-- list_old_lanes: lanes that nobody joined for long.
-- params: before, limit
-- returns: lane
select lane from {t}webhook_lane where joined_at < @before limit @limit
