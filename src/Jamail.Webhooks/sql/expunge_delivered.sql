-- expunge_delivered: removes the payload of an event that every endpoint has. Two that deliver the last of it at the same time come one after
-- the other, so that the later one sees both.
-- params: eventId
update {t}webhook_event set is_expunged = is_expunged where id = @eventId;
update {t}webhook_event set body = '', is_expunged = 1
where id = @eventId and not exists (select 1 from {t}webhook_delivery d where d.event_id = @eventId and d.status <> 4)
