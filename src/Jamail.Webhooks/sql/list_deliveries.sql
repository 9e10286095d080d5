-- list_deliveries: the deliveries of an endpoint, newest first.
-- params: webhookId, tenant, at and id (after this row), limit
-- returns: DeliveryRow
select d.id as Id, d.event_id as EventId, d.webhook_id as WebhookId, d.event_type as EventType, d.status as Status,
  d.next_attempt_at as NextAttemptAt, d.created_at as CreatedAt, d.completed_at as CompletedAt
from {t}webhook_delivery d
where d.webhook_id = @webhookId and d.tenant_id = @tenant
  and (d.created_at < @at or (d.created_at = @at and d.id < @id))
order by d.created_at desc, d.id desc
limit @limit
