-- list_stopped_lanes: lanes with open deliveries of which none has a job, though nothing stops them.
-- params: limit
-- returns: lane
select j.lane
from {t}webhook_job j
join {t}webhook_lane l on l.lane = j.lane and l.blocked_by is null
where j.lane is not null
group by j.lane
having max(j.state) = 0
limit @limit
