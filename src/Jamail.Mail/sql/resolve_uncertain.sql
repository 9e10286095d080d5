-- resolve_uncertain: somebody says what became of a mail that is in doubt, or has it sent again by a new job.
-- params: id text, tenant text, status int, reason text null, sentAt bigint null, completedAt bigint null, nextAttemptAt bigint null,
--   again int (1: it is sent again), now bigint
update {t}mail_send_log
set status = @status, status_reason = @reason, sent_at = @sentAt, completed_at = @completedAt, next_attempt_at = @nextAttemptAt,
  recipients_left = case when @status = 5 then null else recipients_left end,
  doubt_since = case when @again = 1 then null else doubt_since end, updated_at = @now, job_seq = job_seq + @again, job_key = case when @again = 1 then null else job_key end
where id = @id and tenant_id = @tenant and status = 9
