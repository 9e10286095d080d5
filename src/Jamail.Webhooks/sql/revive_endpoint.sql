-- revive_endpoint: an endpoint that its owner switched on begins without a past.
-- params: id, now
update {t}webhook_endpoint
set status = 1, disabled_reason = null, consecutive_failures = 0, failing_since = null, alert_step = 0, refused_since = null, version = version + 1,
  updated_at = @now
where id = @id and status <> 5
