-- lease_overdue: takes deliveries whose job should long have ended and that no worker of ours holds.
-- params: limit, now, checkAt
-- returns: id
update {t}webhook_delivery
set job_due_at = @checkAt
where id in (
  select id from {t}webhook_delivery
  where job_state = 2 and job_due_at <= @now and (claim_until is null or claim_until <= @now)
  order by job_due_at
  limit @limit)
returning id
