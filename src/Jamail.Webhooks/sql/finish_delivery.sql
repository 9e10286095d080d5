-- finish_delivery: ends a delivery that nothing was sent for.
-- params: id, status, now
update {t}webhook_delivery
set status = @status, next_attempt_at = null, claim_token = null, claim_until = null, completed_at = @now
where id = @id and status in (0, 2, 3);
delete from {t}webhook_job
where id = @id and exists (select 1 from {t}webhook_delivery d where d.id = @id and d.status not in (0, 2, 3))
