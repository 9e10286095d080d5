-- want_new_job: the job is gone; the delivery wants another one under a new id.
-- params: id, now
update {t}webhook_delivery
set job_state = 1, job_seq = job_seq + 1, job_due_at = @now, job_wanted_at = @now
where id = @id and status in (0, 2, 3) and (claim_until is null or claim_until <= @now)
