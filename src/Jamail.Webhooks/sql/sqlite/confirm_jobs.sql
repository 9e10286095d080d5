-- confirm_jobs: Redis holds the jobs. What ended meanwhile stays as it is.
-- params: ids, epoch, checkAt
-- returns: the ids of those that have not ended
update {t}webhook_job
set state = 2, epoch = @epoch, due_at = @checkAt
where id in @ids and (state = 1 or (state = 2 and epoch is null))
returning id
