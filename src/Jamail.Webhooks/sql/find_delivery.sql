-- find_delivery: a delivery of a tenant.
-- params: id, tenant
-- returns: DeliveryRow
select d.id as Id, d.event_id as EventId, d.webhook_id as WebhookId, d.event_type as EventType, d.status as Status, d.lane as Lane,
  d.next_attempt_at as NextAttemptAt, d.created_at as CreatedAt, d.completed_at as CompletedAt, v.is_expunged as IsExpunged
from {t}webhook_delivery d
join {t}webhook_event v on v.id = d.event_id
where d.id = @id and d.tenant_id = @tenant
