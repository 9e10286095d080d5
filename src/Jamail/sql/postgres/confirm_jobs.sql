-- confirm_jobs: Redis holds the jobs.
-- params: ids, epoch, checkAt
update {t}job_outbox
set job_state = 2, job_epoch = @epoch, job_due_at = @checkAt
where id = any(@ids) and job_state = 1
