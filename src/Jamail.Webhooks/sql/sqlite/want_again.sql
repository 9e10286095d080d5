-- want_again: deliveries whose job Redis forgot want one again.
-- params: epoch, now, limit
update {t}webhook_delivery
set job_state = 1, job_due_at = @now, job_wanted_at = @now
where id in (
  select id from {t}webhook_delivery
  where job_state = 2 and (job_epoch is null or job_epoch <> @epoch) and (claim_until is null or claim_until <= @now)
  limit @limit)
