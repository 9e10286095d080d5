-- list_attempts: all tries to send a mail, oldest first.
-- params: id text
select attempt_no as Number, started_at as StartedAt, duration_ms as DurationMs, phase, outcome, smtp_code as SmtpCode,
  enhanced_code as EnhancedCode, reply, error_class as Class, worker
from {t}mail_send_attempt where log_id = @id order by id
