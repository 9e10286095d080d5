-- want_job: the job was lost and is wanted again.
-- params: id, now
update {t}job_outbox set job_state = 1, job_due_at = @now where id = @id
