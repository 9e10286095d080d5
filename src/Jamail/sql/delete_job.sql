-- delete_job: the job has ended.
-- params: id
delete from {t}job_outbox where id = @id and job_state = 2
