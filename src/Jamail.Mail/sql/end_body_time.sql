-- end_body_time: the content is gone, so nobody need look for it again.
-- params: now bigint, count int
update {t}mail_send_log set body_until = null where id in (
  select id from {t}mail_send_log
  where body_until < @now and status not in (0, 1, 2, 3, 4)
  order by body_until limit @count)
