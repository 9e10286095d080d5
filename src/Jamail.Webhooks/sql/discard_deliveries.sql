-- discard_deliveries: ends what waits for an endpoint. An attempt that is under way ends by itself. delete_ended_jobs belongs to it.
-- params: webhookId, now
update {t}webhook_delivery
set status = 7, next_attempt_at = null, completed_at = @now
where id in (select j.id from {t}webhook_job j where j.webhook_id = @webhookId) and status in (0, 3)
