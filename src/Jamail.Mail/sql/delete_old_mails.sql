-- delete_old_mails: mails whose log is past its time; their content went before.
-- params: now bigint
delete from {t}mail_send_log where log_until < @now and status not in (0, 1, 2, 3, 4) and body_until is null
