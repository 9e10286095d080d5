-- settle_mail: what the queue told of an unfinished mail that no worker of ours holds.
-- params: id text, status int, reason text null, sentAt bigint null, at bigint, now bigint, seq int null (which of its jobs told; null: the present one)
update {t}mail_send_log
set status = @status, status_reason = @reason, sent_at = @sentAt, completed_at = @at, updated_at = @now,
  attempts = case when attempts = 0 and @status = 5 then 1 else attempts end, claim_token = null, claim_until = null,
  next_attempt_at = null, recipients_left = case when @status = 5 then null else recipients_left end,
  part_left = case when @status = 5 then null else part_left end
where id = @id and job_seq = coalesce(@seq, job_seq)
  and (status in (0, 1, 3, 4) or (status = 9 and next_attempt_at is not null) or (status = 2 and @status = 5 and claim_until < @now))
