-- advance_lane: the first open delivery of a lane wants a job, unless one has a job or the lane is stopped.
-- params: lane, now, jobDueAt
-- returns: id
update {t}webhook_job
set state = 1, due_at = @jobDueAt, wanted_at = @now
where id = (select j.id from {t}webhook_job j where j.lane = @lane and j.state = 0 order by j.seq limit 1)
  and not exists (select 1 from {t}webhook_job o where o.lane = @lane and o.state <> 0)
  and not exists (select 1 from {t}webhook_lane l where l.lane = @lane and l.blocked_by is not null)
returning id
