-- insert_attempt: one row for each try to hand a mail to a server.
-- params: id, logId text, worker text, startedAt bigint, durationMs int, phase int, outcome int, code int null, enhanced text null,
--   reply text null, class text null, use int, tls text null, provider text
insert into {t}mail_send_attempt (id, log_id, attempt_no, worker, started_at, duration_ms, phase, outcome, smtp_code, enhanced_code,
  reply, error_class, connection_use, tls, provider)
select @id, @logId, (select count(*) + 1 from {t}mail_send_attempt where log_id = @logId), @worker, @startedAt, @durationMs, @phase,
  @outcome, @code, @enhanced, @reply, @class, @use, @tls, @provider
where true
on conflict do nothing
