-- give_up_expired_claim: the worker that held the mail is gone; what it sent cannot be known.
-- params: id text, reason text, completedAt bigint null, nextAttemptAt bigint null (it is sent again then), now bigint,
--   job int (0: none follows 1: the present one goes on 2: a new one is wanted)
update {t}mail_send_log
set status = 9, doubt_since = coalesce(doubt_since, @now), status_reason = @reason, completed_at = @completedAt, next_attempt_at = @nextAttemptAt, updated_at = @now,
  claim_token = null, claim_until = null, claim_worker = null,
  job_seq = case @job when 2 then job_seq + 1 else job_seq end,
  job_key = case @job when 2 then null else job_key end
where id = @id and status = 2 and claim_until < @now
