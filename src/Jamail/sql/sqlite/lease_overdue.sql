-- lease_overdue: takes jobs that may have ended; others do not look at them until checkAt.
-- params: queue, limit, now, checkAt
-- returns: id
update {t}job_outbox
set job_due_at = @checkAt
where id in (
  select id from {t}job_outbox
  where queue = @queue and job_state = 2 and job_due_at <= @now
  order by job_due_at
  limit @limit)
returning id
