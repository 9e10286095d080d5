-- recover_delivery: begins a delivery anew, with its whole schedule and under a new job id.
-- params: id, jobState, now
update {t}webhook_delivery
set status = 0, resend = 0, origin = 3, attempts_base = attempts, next_attempt_at = null, not_before = null, completed_at = null,
  job_state = @jobState, job_seq = job_seq + 1, job_due_at = @now, job_wanted_at = @now
where id = @id and status in (5, 6, 8)
