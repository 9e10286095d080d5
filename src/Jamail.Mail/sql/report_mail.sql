-- report_mail: what a report says of a mail that was sent. It moves forward only: sent, delivered, bounced, complained; a doubt ends in any of them.
-- params: id text, status int (5 sent: of a doubt only, 6 delivered, 7 bounced, 10 complained), reason, code text null, now bigint
update {t}mail_send_log
set status = @status, status_reason = case when @status = 6 then null else @reason end,
  enhanced_code = coalesce(@code, enhanced_code), delivered_at = case when @status = 6 then @now else delivered_at end,
  sent_at = coalesce(sent_at, @now), completed_at = @now, updated_at = @now, next_attempt_at = null,
  recipients_left = case when status = 9 then null else recipients_left end
where id = @id and (status = 9 or status = 5 or (status in (6, 7) and status < @status))
