-- confirm_jobs: Redis holds the jobs. What ended meanwhile stays as it is.
-- params: ids, epoch, checkAt
update {t}webhook_delivery
set job_state = 2, job_epoch = @epoch, job_due_at = @checkAt
where id = any(@ids) and job_state = 1
