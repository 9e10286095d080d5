-- want_new_job: the job is gone; the delivery wants another one under a new id.
-- params: id, now
update {t}webhook_delivery
set job_seq = job_seq + 1
where id = @id and status in (0, 2, 3) and (claim_until is null or claim_until <= @now);
update {t}webhook_job
set state = 1, due_at = @now, wanted_at = @now
where id = @id and exists (
  select 1 from {t}webhook_delivery d where d.id = @id and d.status in (0, 2, 3) and (d.claim_until is null or d.claim_until <= @now))
