-- resend_delivery: makes an ended delivery want one attempt now, under a new job id.
-- params: id, now, jobDueAt
update {t}webhook_delivery
set status = 0, resend = 1, origin = 2, next_attempt_at = null, not_before = null, completed_at = null, job_state = 1,
  job_seq = job_seq + 1, job_due_at = @jobDueAt, job_wanted_at = @now
where id = @id and status in (4, 5, 6, 7, 8)
