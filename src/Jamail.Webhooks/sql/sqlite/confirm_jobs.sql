-- confirm_jobs: Redis holds the jobs. What ended meanwhile stays as it is.
-- params: ids, epoch, checkAt
-- returns: the ids of those that have not ended
update {t}webhook_delivery
set job_state = 2, job_epoch = @epoch, job_due_at = @checkAt
where id in @ids and (job_state = 1 or (job_state = 2 and job_epoch is null))
returning id
