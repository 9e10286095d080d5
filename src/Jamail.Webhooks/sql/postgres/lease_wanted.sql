-- lease_wanted: takes deliveries that want a job and are due; others do not take them until leaseUntil.
-- params: limit, now, leaseUntil
-- returns: id
update {t}webhook_delivery
set job_due_at = @leaseUntil
where id in (
  select id from {t}webhook_delivery
  where job_state = 1 and job_due_at <= @now
  order by job_due_at
  limit @limit
  for update skip locked)
returning id
