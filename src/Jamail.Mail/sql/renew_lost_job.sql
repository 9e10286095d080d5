-- renew_lost_job: the job is gone and nobody can have sent the mail: another one is wanted, under a new id.
-- params: id text, now bigint
update {t}mail_send_log set job_state = 1, job_seq = job_seq + 1, job_key = null, job_due_at = @now
where id = @id and job_state = 2 and (status in (0, 1, 3, 4) or (status = 9 and next_attempt_at is not null))
