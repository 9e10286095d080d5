-- endpoint_succeeded: the endpoint is well.
-- params: id, now
update {t}webhook_endpoint
set consecutive_failures = 0, failing_since = null, alert_step = 0, refused_since = null, last_success_at = @now
where id = @id
