-- finish_mail: the result of an attempt under a claim. Zero rows: the claim was lost.
-- params: id, token text, status int, reason text null, code int null, enhanced text null, reply text null, sentAt bigint null,
--   completedAt bigint null, now bigint, checkAt bigint, wantsJob int (1: another attempt will follow)
update {t}mail_send_log
set status = @status, status_reason = @reason, smtp_code = @code, enhanced_code = @enhanced, smtp_text = @reply, sent_at = @sentAt,
  completed_at = @completedAt, claim_token = null, claim_until = null, claim_worker = null, updated_at = @now,
  job_state = case when @wantsJob = 1 then job_state else 0 end,
  job_due_at = case when @wantsJob = 1 then @checkAt else job_due_at end
where id = @id and claim_token = @token
