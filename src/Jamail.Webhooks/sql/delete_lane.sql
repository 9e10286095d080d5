-- delete_lane: a lane without deliveries. It must have been locked before, so that nobody joins it meanwhile.
-- params: lane, before
delete from {t}webhook_lane
where lane = @lane and joined_at < @before
  and not exists (select 1 from {t}webhook_job j where j.lane = @lane)
