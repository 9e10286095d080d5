-- end_waiting: a mail that waits is not sent any more. One that is in doubt and was to be sent again stays in doubt, unless it went in parts and
-- nobody is left that it could go to: then it is sent (5).
-- params: id text, status int, reason text null, now bigint
update {t}mail_send_log
set status = case when status = 9 and @status <> 5 then 9 else @status end,
  status_reason = case when @status = 5 then null when status = 9 then status_reason else @reason end,
  sent_at = case when @status = 5 then @now else sent_at end,
  recipients_left = case when @status = 5 then null else recipients_left end, part_left = case when @status = 5 then null else part_left end,
  completed_at = @now, next_attempt_at = null, updated_at = @now
where id = @id and (status in (0, 1, 3, 4) or (status = 9 and next_attempt_at is not null))
