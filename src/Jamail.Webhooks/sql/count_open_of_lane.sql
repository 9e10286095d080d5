-- count_open_of_lane: how many deliveries of a lane have not come to their end.
-- params: lane
-- returns: count
select count(*) from {t}webhook_job where lane = @lane
