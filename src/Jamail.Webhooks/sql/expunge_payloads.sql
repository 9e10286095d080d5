-- expunge_payloads: removes payloads past their time, unless a delivery still needs them.
-- params: now, limit
update {t}webhook_event
set body = '', is_expunged = 1
where id in (
  select v.id from {t}webhook_event v
  where v.is_expunged = 0 and v.payload_expires_at <= @now
    and not exists (select 1 from {t}webhook_delivery d where d.event_id = v.id and d.status in (0, 2, 3))
  limit @limit)
