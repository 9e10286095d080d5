-- cancel_delivery: ends a delivery that waits.
-- params: id, now
update {t}webhook_delivery
set status = 8, next_attempt_at = null, not_before = null, completed_at = @now
where id = @id and status in (0, 3);
delete from {t}webhook_job
where id = @id and exists (select 1 from {t}webhook_delivery d where d.id = @id and d.status not in (0, 2, 3))
