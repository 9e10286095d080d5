-- cancel_delivery: ends a delivery that waits.
-- params: id, now
update {t}webhook_delivery
set status = 8, job_state = 0, next_attempt_at = null, not_before = null, completed_at = @now
where id = @id and status in (0, 3)
