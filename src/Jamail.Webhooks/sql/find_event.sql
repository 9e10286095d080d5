-- find_event: an event of a tenant with its payload.
-- params: id, tenant
-- returns: PublishedRow
select v.id as Id, v.event_type as EventType, v.event_uid as EventUid, v.ordering_key as OrderingKey, v.channels as Channels, v.tags as Tags,
  v.occurred_at as OccurredAt, v.created_at as CreatedAt, v.body_bytes as BodyBytes, v.is_expunged as IsExpunged, v.body as Body
from {t}webhook_event v
where v.id = @id and v.tenant_id = @tenant
