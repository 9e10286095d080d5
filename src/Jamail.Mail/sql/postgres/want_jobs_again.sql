-- want_jobs_again: confirmed jobs of another epoch, which Redis has forgotten; those of mails that a worker holds are left to it.
-- params: epoch text, now bigint, count int
-- returns: the ids of the mails
with forgotten as (
  select j.id from {t}mail_job j join {t}mail_send_log l on l.id = j.id
  where j.state = 2 and j.epoch <> @epoch and l.status <> 2
  order by j.due_at
  limit @count
    for update of j, l skip locked),
unnamed as (
  update {t}mail_send_log set job_key = null where id in (select id from forgotten) and job_key is not null)
update {t}mail_job set state = 1, due_at = @now where id in (select id from forgotten)
returning id
