-- settle_mail: what the queue told of an unfinished mail that no worker of ours holds.
-- A mail that was being sent when its job failed may have been sent: it becomes uncertain.
-- params: id text, status int, reason text null, sentAt bigint null, at bigint, now bigint
update {t}mail_send_log
set status = case when status = 2 and @status = 8 then 9 else @status end, status_reason = @reason, sent_at = @sentAt, completed_at = @at, updated_at = @now, job_state = 0,
  attempts = case when attempts = 0 and @status = 5 then 1 else attempts end, claim_token = null, claim_until = null,
  next_attempt_at = null
where id = @id and (status in (0, 1, 3, 4) or (status = 9 and next_attempt_at is not null) or (status = 2 and claim_until < @now))
