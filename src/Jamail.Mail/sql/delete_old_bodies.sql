-- delete_old_bodies: content past its time, of mails that are done.
-- params: now bigint, count int
delete from {t}mail_body where id in (
  select id from {t}mail_send_log
  where body_until < @now and status not in (0, 1, 2, 3, 4)
  order by body_until limit @count)
