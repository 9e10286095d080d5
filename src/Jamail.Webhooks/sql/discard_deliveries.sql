-- discard_deliveries: ends what waits for an endpoint. An attempt that is under way ends by itself.
-- params: webhookId, now
update {t}webhook_delivery
set status = 7, job_state = 0, next_attempt_at = null, completed_at = @now
where webhook_id = @webhookId and status in (0, 3)
