-- cancel_mail: a mail that nobody is sending will not be sent.
-- params: id text, reason text, now bigint
update {t}mail_send_log
set status = 12, status_reason = @reason, completed_at = @now, updated_at = @now, next_attempt_at = null
where id = @id and status in (0, 1, 3, 4)
