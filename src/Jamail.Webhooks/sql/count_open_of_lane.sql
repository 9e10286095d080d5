-- count_open_of_lane: how many deliveries of a lane have not come to their end.
-- params: lane
-- returns: count
select count(*) from {t}webhook_delivery where lane = @lane and status in (0, 2, 3)
