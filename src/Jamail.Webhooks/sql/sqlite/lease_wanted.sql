-- lease_wanted: takes deliveries that want a job and are due; others do not take them until leaseUntil.
-- params: limit, now, leaseUntil
-- returns: id
update {t}webhook_job
set due_at = @leaseUntil
where id in (
  select j.id
  from {t}webhook_job j
  join {t}webhook_delivery d on d.id = j.id
  where j.state = 1 and j.due_at <= @now and (d.claim_until is null or d.claim_until <= @now)
  order by j.due_at
  limit @limit)
returning id
