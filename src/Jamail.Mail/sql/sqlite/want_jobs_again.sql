-- want_jobs_again: confirmed rows of another epoch, which Redis has forgotten; those a worker holds are left to it.
-- params: epoch text, now bigint, count int
update {t}mail_send_log set job_state = 1, job_due_at = @now, job_key = null
where id in (
  select id from {t}mail_send_log
  where job_state = 2 and job_epoch <> @epoch and status <> 2
  order by job_due_at
  limit @count)
