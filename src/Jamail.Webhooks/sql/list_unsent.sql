-- list_unsent: events of a tenant that an endpoint has no delivery of, oldest first.
-- params: tenant, webhookId, since, until, at and id (after this row), limit
-- returns: MissedRow
select v.id as Id, v.created_at as CreatedAt, v.event_type as EventType, v.body as Body, v.channels as Channels,
  v.ordering_key as OrderingKey
from {t}webhook_event v
where v.tenant_id = @tenant and v.is_expunged = 0 and v.created_at >= @since and v.created_at < @until
  and (v.created_at > @at or (v.created_at = @at and v.id > @id))
  and not exists (select 1 from {t}webhook_delivery d where d.event_id = v.id and d.webhook_id = @webhookId)
order by v.created_at, v.id
limit @limit
