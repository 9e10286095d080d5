-- delete_attempts: attempts past their time.
-- params: before, limit
delete from {t}webhook_attempt where id in (select id from {t}webhook_attempt where started_at < @before limit @limit)
