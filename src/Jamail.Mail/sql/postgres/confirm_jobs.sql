-- confirm_jobs: Redis holds the jobs; rows finished meanwhile stay as they are.
-- params: ids text[], epoch text, checkAt bigint
update {t}mail_send_log set job_state = 2, job_epoch = @epoch, job_due_at = @checkAt
where id = any(@ids) and job_state = 1
