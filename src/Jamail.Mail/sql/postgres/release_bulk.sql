-- release_bulk: bulk mails that were held back want their jobs now, the oldest first.
-- params: now bigint, count int
update {t}mail_job set state = 1, due_at = @now
where id in (
  select id from {t}mail_job
  where state = 3 and due_at <= @now
  order by due_at, id
  limit @count
    for update skip locked)
