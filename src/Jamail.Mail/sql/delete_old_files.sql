-- delete_old_files: the files of mails whose content is past its time.
-- params: now bigint, count int
delete from {t}mail_log_attachment where log_id in (
  select id from {t}mail_send_log
  where body_until < @now and status not in (0, 1, 2, 3, 4)
  order by body_until limit @count)
