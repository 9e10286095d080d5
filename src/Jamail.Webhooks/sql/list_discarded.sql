-- list_discarded: what was just discarded and has, or wants, a job; before delete_ended_jobs.
-- params: webhookId
-- returns: OutboxDelivery, of which only what the job's id is made of
select d.id as Id, d.job_seq as JobSeq
from {t}webhook_job j
join {t}webhook_delivery d on d.id = j.id
where j.webhook_id = @webhookId and j.state <> 0 and d.status = 7
