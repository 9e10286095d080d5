-- end_batch_jobs: those that were cancelled with their batch want no job.
-- params: batch text, tenant text, soon bigint (a job that is being added is wanted until then at the latest)
-- returns: the ids of those whose job may be in the queue; of the others null
delete from {t}mail_job where id in (select id from {t}mail_send_log where batch_id = @batch and tenant_id = @tenant and status = 12)
returning case when state = 2 or (state = 1 and due_at <= @soon) then id end
