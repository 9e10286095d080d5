-- find_endpoint: an endpoint of a tenant by its id, the deleted ones too, or by its owner's name for it.
-- params: id (null for none), uid (null for none), tenant
-- returns: EndpointRow
select e.id as Id, e.tenant_id as TenantId, e.uid as Uid, e.url as Url, e.description as Description, e.event_types as EventTypes,
  e.status as Status, e.disabled_reason as DisabledReason, e.version as Version, e.owner_email as OwnerEmail, e.channels as Channels,
  e.filter as Filter, e.signature_profile as SignatureProfile, e.headers_enc as HeadersEnc, e.retry_schedule as RetrySchedule,
  e.timeout_ms as TimeoutMs, e.rate_per_second as RatePerSecond, e.max_in_flight as MaxInFlight, e.ordering as Ordering,
  e.blocks as Blocks, e.consecutive_failures as ConsecutiveFailures, e.failing_since as FailingSince,
  e.last_success_at as LastSuccessAt, e.last_failure_at as LastFailureAt, e.alert_step as AlertStep, e.refused_since as RefusedSince,
  e.created_at as CreatedAt, e.updated_at as UpdatedAt
from {t}webhook_endpoint e
where e.tenant_id = @tenant and (e.id = @id or (e.uid = @uid and e.status <> 5))
