-- lock_delivery: a delivery and its endpoint, kept from others until the transaction ends.
-- params: id
-- returns: ClaimRow
select d.id as Id, d.event_id as EventId, d.webhook_id as WebhookId, d.tenant_id as TenantId, d.event_type as EventType,
  d.status as Status, d.attempts as Attempts, d.claim_until as ClaimUntil, d.resend as Resend,
  e.url as Url, e.status as EndpointStatus
from {t}webhook_delivery d
left join {t}webhook_endpoint e on e.id = d.webhook_id and e.tenant_id = d.tenant_id
where d.id = @id
for update of d
