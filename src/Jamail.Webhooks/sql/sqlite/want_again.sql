-- want_again: deliveries whose job Redis forgot want one again.
-- params: epoch, now, limit
update {t}webhook_job
set state = 1, due_at = @now, wanted_at = @now
where id in (
  select j.id
  from {t}webhook_job j
  join {t}webhook_delivery d on d.id = j.id
  where j.state = 2 and (j.epoch is null or j.epoch <> @epoch) and (d.claim_until is null or d.claim_until <= @now)
  limit @limit)
