-- end_batch_jobs: those that were cancelled with their batch want no job.
-- params: batch text, tenant text
delete from {t}mail_job where id in (select id from {t}mail_send_log where batch_id = @batch and tenant_id = @tenant and status = 12)
