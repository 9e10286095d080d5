-- discard_deliveries: ends what waits for an endpoint. An attempt that is under way ends by itself.
-- params: webhookId, now
update {t}webhook_delivery
set status = 7, next_attempt_at = null, completed_at = @now
where id in (select j.id from {t}webhook_job j where j.webhook_id = @webhookId) and status in (0, 3);
delete from {t}webhook_job
where id in (
  select j.id
  from {t}webhook_job j
  join {t}webhook_delivery d on d.id = j.id
  where j.webhook_id = @webhookId and d.status not in (0, 2, 3))
