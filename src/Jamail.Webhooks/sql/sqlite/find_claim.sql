-- find_claim: deliveries and what their endpoints say about attempts.
-- params: ids
-- returns: ClaimRow
select d.id as Id, d.event_id as EventId, d.webhook_id as WebhookId, d.tenant_id as TenantId, d.event_type as EventType,
  d.status as Status, d.attempts as Attempts, d.claim_until as ClaimUntil, d.resend as Resend, d.origin as Origin, d.lane as Lane,
  d.not_before as NotBefore, d.created_at as CreatedAt, e.url as Url, e.status as EndpointStatus, e.version as EndpointVersion,
  e.uid as Uid, e.owner_email as OwnerEmail, e.description as Description, e.headers_enc as HeadersEnc,
  e.signature_profile as SignatureProfile, e.retry_schedule as RetrySchedule, e.timeout_ms as TimeoutMs,
  e.rate_per_second as RatePerSecond, e.max_in_flight as MaxInFlight, e.ordering as Ordering, e.blocks as Blocks,
  e.consecutive_failures as ConsecutiveFailures, e.last_success_at as LastSuccessAt, e.alert_step as AlertStep, e.refused_since as RefusedSince, v.trace as Trace
from {t}webhook_delivery d
left join {t}webhook_event v on v.id = d.event_id
left join {t}webhook_endpoint e on e.id = d.webhook_id and e.tenant_id = d.tenant_id
where d.id in @ids
