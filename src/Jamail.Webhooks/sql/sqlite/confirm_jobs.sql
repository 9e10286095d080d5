-- confirm_jobs: Redis holds the job. What ended or wants another job meanwhile stays as it is.
-- params: id, lease (until when it was its adder's: another time says that another job is wanted), epoch, checkAt
-- returns: id, when it has not ended
update {t}webhook_job
set state = 2, epoch = @epoch, due_at = @checkAt
where id = @id and ((state = 1 and due_at = @lease) or (state = 2 and epoch is null))
returning id
