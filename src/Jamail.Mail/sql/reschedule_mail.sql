-- reschedule_mail: a mail that nobody is sending waits for another time. A job it has is not its job any more.
-- params: id text, status int (0 scheduled, 1 queued), at bigint, expires bigint null, now bigint
update {t}mail_send_log
set status = @status, scheduled_at = @at, expires_at = @expires, next_attempt_at = null, updated_at = @now,
  job_seq = case when status <> 0 or job_key is not null then job_seq + 1 else job_seq end, job_key = null
where id = @id and status in (0, 1, 3, 4)
