-- delete_expired_idempotency: keys past their time.
-- params: now
delete from {t}webhook_idempotency where expires_at < @now
