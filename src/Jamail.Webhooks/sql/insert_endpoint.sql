-- insert_endpoint: a new endpoint, unless the tenant has one with this name of its own.
-- params: id, tenant, uid, url, description, events (JSON array), status, ownerEmail, channels, filter, signatureProfile, retrySchedule,
--   timeoutMs, ratePerSecond, maxInFlight, ordering, blocks, now
insert into {t}webhook_endpoint (id, tenant_id, uid, url, description, event_types, status, owner_email, channels, filter,
  signature_profile, retry_schedule, timeout_ms, rate_per_second, max_in_flight, ordering, blocks, created_at, updated_at)
values (@id, @tenant, @uid, @url, @description, @events, @status, @ownerEmail, @channels, @filter,
  @signatureProfile, @retrySchedule, @timeoutMs, @ratePerSecond, @maxInFlight, @ordering, @blocks, @now, @now)
on conflict do nothing
