-- list_deliveries: deliveries of a tenant, newest first.
-- params: tenant, webhookId, eventId, status, missed (the status again when it is one of an end without success), isOpen (1 when it
--   is one of no end), codeFrom, codeTo, type, since, until (each null for all), at and id (after this row), limit
-- returns: DeliveryRow
select d.id as Id, d.event_id as EventId, d.webhook_id as WebhookId, d.event_type as EventType, d.status as Status, d.lane as Lane,
  d.next_attempt_at as NextAttemptAt, d.created_at as CreatedAt, d.completed_at as CompletedAt
from {t}webhook_delivery d
where d.tenant_id = @tenant
  and (@webhookId is null or d.webhook_id = @webhookId)
  and (@eventId is null or d.event_id = @eventId)
  and (@status is null or d.status = @status)
  and (@missed is null or d.missed = @missed)
  and (@isOpen is null or exists (select 1 from {t}webhook_job j where j.id = d.id))
  and (@codeFrom is null or d.last_status_code between @codeFrom and @codeTo)
  and (@type is null or d.event_type = @type)
  and (@since is null or d.created_at >= @since)
  and (@until is null or d.created_at < @until)
  and (d.created_at < @at or (d.created_at = @at and d.id < @id))
order by d.created_at desc, d.id desc
limit @limit
