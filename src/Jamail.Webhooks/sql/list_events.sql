-- list_events: the events of a tenant, newest first.
-- params: tenant, type, tag (a pattern), since, until (each null for all), at and id (after this row), limit
-- returns: PublishedRow
select v.id as Id, v.event_type as EventType, v.event_uid as EventUid, v.ordering_key as OrderingKey, v.channels as Channels, v.tags as Tags,
  v.occurred_at as OccurredAt, v.created_at as CreatedAt, v.body_bytes as BodyBytes, v.is_expunged as IsExpunged
from {t}webhook_event v
where v.tenant_id = @tenant
  and (@type is null or v.event_type = @type)
  and (@tag is null or v.tags like @tag escape '\')
  and (@since is null or v.created_at >= @since)
  and (@until is null or v.created_at < @until)
  and (v.created_at < @at or (v.created_at = @at and v.id < @id))
order by v.created_at desc, v.id desc
limit @limit
