-- lease_wanted: takes jobs that are to be added now; others do not take them until leaseUntil.
-- params: queue, limit, now, leaseUntil
-- returns: id
update {t}job_outbox
set job_due_at = @leaseUntil
where id in (
  select id from {t}job_outbox
  where queue = @queue and job_state = 1 and job_due_at <= @now
  order by job_due_at, id
  limit @limit
  for update skip locked)
returning id
