-- delete_ended_jobs: deliveries of an endpoint that have ended want no job.
-- params: webhookId
delete from {t}webhook_job
where id in (
  select j.id
  from {t}webhook_job j
  join {t}webhook_delivery d on d.id = j.id
  where j.webhook_id = @webhookId and d.status not in (0, 2, 3))
