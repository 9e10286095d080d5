-- delete_old_attempts: the tries of mails whose log is past its time.
-- params: now bigint
delete from {t}mail_send_attempt where log_id in (select id from {t}mail_send_log where log_until < @now and status not in (0, 1, 2, 3, 4))
