-- cancel_event: ends what waits of an event.
-- params: eventId, now
update {t}webhook_delivery
set status = 8, next_attempt_at = null, not_before = null, completed_at = @now
where event_id = @eventId and status in (0, 3);
delete from {t}webhook_job
where id in (select d.id from {t}webhook_delivery d where d.event_id = @eventId and d.status not in (0, 2, 3))
