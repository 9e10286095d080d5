-- finish_delivery: ends a delivery that nothing was sent for.
-- params: id, status, now
update {t}webhook_delivery
set status = @status, job_state = 0, next_attempt_at = null, claim_token = null, claim_until = null, completed_at = @now
where id = @id and status in (0, 2, 3)
