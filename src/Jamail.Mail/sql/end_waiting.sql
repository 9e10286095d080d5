-- end_waiting: a mail that waits is not sent any more. One that is in doubt and was to be sent again stays in doubt.
-- params: id text, status int, reason text null, now bigint
update {t}mail_send_log
set status = case when status = 9 then 9 else @status end, status_reason = case when status = 9 then status_reason else @reason end,
  completed_at = @now, next_attempt_at = null, updated_at = @now
where id = @id and (status in (0, 1, 3, 4) or (status = 9 and next_attempt_at is not null))
