-- erase_jobs: those that were cancelled by it want no job.
-- params: tenant text, hash bytes
delete from {t}mail_job where id in (select id from {t}mail_send_log where tenant_id = @tenant and to_hash = @hash and status = 12)
