-- lease_overdue: takes deliveries whose job should long have ended and that no worker of ours holds.
-- params: limit, now, checkAt
-- returns: id
update {t}webhook_job
set due_at = @checkAt
where id in (
  select j.id
  from {t}webhook_job j
  join {t}webhook_delivery d on d.id = j.id
  where j.state = 2 and j.due_at <= @now and (d.claim_until is null or d.claim_until <= @now)
  order by j.due_at
  limit @limit
  for update of j skip locked)
returning id
