-- claim_ready: begins attempts of deliveries for which nothing stands in the way, and whose endpoint is as the caller knows it.
-- params: ids, webhookIds and versions (of their endpoints), tokens, untils (arrays of one length), now
-- returns: ClaimRow of those that began, as they were before; without HeadersEnc
-- So that the plan goes by the primary key, even one made when the table was empty: the planner expects few texts of 36 characters (every id
-- has so many), and sees no condition on the table alone.
update {t}webhook_delivery d
set status = 2, attempts = d.attempts + 1, claim_token = w.token, claim_until = w.until, next_attempt_at = null, not_before = null
from unnest(@ids, @webhookIds, @versions, @tokens, @untils) as w(id, webhook_id, version, token, until), {t}webhook_endpoint e
where length(w.id) = 36 and d.id = w.id and e.id = w.webhook_id
  and case when w.id <> '' then
    d.status in (0, 3) and d.resend = 0 and (d.not_before is null or d.not_before <= @now)
    and e.id = d.webhook_id and e.tenant_id = d.tenant_id and e.status = 1 and e.version = w.version end
returning d.id as Id, d.event_id as EventId, d.webhook_id as WebhookId, d.tenant_id as TenantId, d.event_type as EventType,
  d.attempts - 1 as Attempts, d.origin as Origin, d.lane as Lane, d.created_at as CreatedAt, e.url as Url,
  e.status as EndpointStatus, e.version as EndpointVersion, e.uid as Uid, e.owner_email as OwnerEmail, e.description as Description,
  e.signature_profile as SignatureProfile, e.retry_schedule as RetrySchedule, e.timeout_ms as TimeoutMs,
  e.rate_per_second as RatePerSecond, e.max_in_flight as MaxInFlight, e.ordering as Ordering, e.blocks as Blocks,
  e.consecutive_failures as ConsecutiveFailures, e.last_success_at as LastSuccessAt, e.alert_step as AlertStep, e.refused_since as RefusedSince,
  (select v.trace from {t}webhook_event v where v.id = d.event_id) as Trace
