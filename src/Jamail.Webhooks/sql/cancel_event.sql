-- cancel_event: ends what waits of an event.
-- params: eventId, now
update {t}webhook_delivery
set status = 8, job_state = 0, next_attempt_at = null, not_before = null, completed_at = @now
where event_id = @eventId and status in (0, 3)
