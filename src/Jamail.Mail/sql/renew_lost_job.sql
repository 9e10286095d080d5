-- renew_lost_job: the job is gone and nobody can have sent the mail: another one is wanted, under a new id.
-- params: id text
update {t}mail_send_log set job_seq = job_seq + 1, job_key = null
where id = @id and exists (select 1 from {t}mail_job where id = @id and state = 2) and (status in (0, 1, 3, 4) or (status = 9 and next_attempt_at is not null))
