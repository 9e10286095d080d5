-- list_missed: deliveries of an endpoint that failed or were skipped and can be sent again, oldest first.
-- params: tenant, webhookId, exhausted, skipped, cancelled (statuses; -1 for none), since, until, at and id (after this row), limit
-- returns: MissedRow
select d.id as Id, d.created_at as CreatedAt, d.event_type as EventType, d.lane as Lane
from {t}webhook_delivery d
join {t}webhook_event v on v.id = d.event_id and v.is_expunged = 0
where d.tenant_id = @tenant and d.webhook_id = @webhookId and d.missed in (@exhausted, @skipped, @cancelled)
  and d.created_at >= @since and d.created_at < @until
  and (d.created_at > @at or (d.created_at = @at and d.id > @id))
order by d.created_at, d.id
limit @limit
