-- list_stopped_lanes: lanes with open deliveries of which none has a job, though nothing stops them.
-- params: limit
-- returns: lane
select d.lane
from {t}webhook_delivery d
join {t}webhook_lane l on l.lane = d.lane and l.blocked_by is null
where d.lane is not null and d.status in (0, 2, 3)
group by d.lane
having max(d.job_state) = 0
limit @limit
