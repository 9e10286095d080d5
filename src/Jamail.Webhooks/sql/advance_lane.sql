-- advance_lane: the first open delivery of a lane wants a job, unless one has a job or the lane is stopped.
-- params: lane, now, jobDueAt
-- returns: id
update {t}webhook_delivery
set job_state = 1, job_due_at = @jobDueAt, job_wanted_at = @now
where id = (
    select d.id from {t}webhook_delivery d
    where d.lane = @lane and d.status in (0, 3) and d.job_state = 0
    order by d.seq
    limit 1)
  and not exists (
    select 1 from {t}webhook_delivery o where o.lane = @lane and o.status in (0, 2, 3) and o.job_state <> 0)
  and not exists (
    select 1 from {t}webhook_lane l where l.lane = @lane and l.blocked_by is not null)
returning id
