-- finish_mail: the result of an attempt under a claim. Zero rows: the claim was lost.
-- params: id, token text, status int, reason text null, code int null, enhanced text null, reply text null, provider text null,
--   sentAt bigint null, completedAt bigint null, nextAttemptAt bigint null, deferral int (1: it was put off), now bigint,
--   checkAt bigint, job int (0: none follows 1: the present one goes on 2: a new one is wanted)
update {t}mail_send_log
set status = @status, status_reason = @reason, smtp_code = @code, enhanced_code = @enhanced, smtp_text = @reply, sent_at = @sentAt,
  provider = coalesce(@provider, provider), next_attempt_at = @nextAttemptAt, deferrals = deferrals + @deferral,
  completed_at = @completedAt, claim_token = null, claim_until = null, claim_worker = null, updated_at = @now,
  job_state = case @job when 0 then 0 when 1 then job_state else 1 end,
  job_seq = case @job when 2 then job_seq + 1 else job_seq end,
  job_key = case @job when 2 then null else job_key end,
  job_due_at = @checkAt
where id = @id and claim_token = @token and status = 2
