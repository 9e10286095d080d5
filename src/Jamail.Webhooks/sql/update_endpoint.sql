-- update_endpoint: writes what can be changed, unless somebody has changed it since it was read.
-- params: id, version, url, description, events (JSON array), ownerEmail, channels, filter, signatureProfile, retrySchedule, timeoutMs,
--   ratePerSecond, maxInFlight, ordering, blocks, now
update {t}webhook_endpoint
set url = @url, description = @description, event_types = @events, owner_email = @ownerEmail, channels = @channels, filter = @filter,
  signature_profile = @signatureProfile, retry_schedule = @retrySchedule, timeout_ms = @timeoutMs, rate_per_second = @ratePerSecond,
  max_in_flight = @maxInFlight, ordering = @ordering, blocks = @blocks, version = version + 1, updated_at = @now,
  refused_since = case when url = @url then refused_since end
where id = @id and version = @version and status <> 5
