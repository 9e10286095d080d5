-- delete_expired_idempotency: keys past their time.
-- params: now bigint
delete from {t}mail_idempotency where expires_at < @now
