-- finish_unclaimed: an attempt that ended before the mail was claimed, so that surely nothing was sent.
-- One that is in doubt stays in doubt, whatever came of trying again; when nothing follows, it is held.
-- params: id text, status int, reason text, code int null, enhanced text null, reply text null, provider text null,
--   completedAt bigint null, nextAttemptAt bigint null, deferral int (1: it was put off, and the attempt does not count), now bigint,
--   job int (0: none follows 1: the present one goes on)
update {t}mail_send_log
set status = case when status = 9 then 9 else @status end, status_reason = case when status = 9 then status_reason else @reason end,
  smtp_code = @code, enhanced_code = @enhanced, smtp_text = @reply, provider = coalesce(@provider, provider),
  next_attempt_at = case when status = 9 and @job = 1 then coalesce(@nextAttemptAt, next_attempt_at) else @nextAttemptAt end,
  deferrals = deferrals + @deferral, attempts = attempts + 1 - @deferral, completed_at = @completedAt, updated_at = @now
where id = @id and (status in (0, 1, 3, 4) or (status = 9 and next_attempt_at is not null))
