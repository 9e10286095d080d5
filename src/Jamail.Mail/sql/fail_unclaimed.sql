-- fail_unclaimed: an attempt that ended before the mail was claimed, so that surely nothing was sent.
-- params: id text, status int, reason text, code int null, enhanced text null, reply text null, completedAt bigint null,
--   now bigint, checkAt bigint, wantsJob int (1: another attempt will follow)
update {t}mail_send_log
set status = @status, status_reason = @reason, smtp_code = @code, enhanced_code = @enhanced, smtp_text = @reply,
  attempts = attempts + 1, completed_at = @completedAt, updated_at = @now,
  job_state = case when @wantsJob = 1 then job_state else 0 end,
  job_due_at = case when @wantsJob = 1 then @checkAt else job_due_at end
where id = @id and status in (1, 4)
