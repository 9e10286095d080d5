-- endpoint_failed: counts a failure.
-- params: id, now
-- returns: HealthRow
update {t}webhook_endpoint
set consecutive_failures = consecutive_failures + 1, failing_since = coalesce(failing_since, @now), last_failure_at = @now
where id = @id
returning status as Status, consecutive_failures as ConsecutiveFailures, failing_since as FailingSince, alert_step as AlertStep
