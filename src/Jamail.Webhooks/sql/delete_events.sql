-- delete_events: events past their time of which no delivery is left.
-- params: before, limit
delete from {t}webhook_event
where id in (
  select v.id from {t}webhook_event v
  where v.created_at < @before and not exists (select 1 from {t}webhook_delivery d where d.event_id = v.id)
  limit @limit)
