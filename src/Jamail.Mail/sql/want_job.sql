-- want_job: a mail wants a job of its present number. In the transaction that says so in its row.
-- params: id text, due bigint
insert into {t}mail_job (id, state, due_at) values (@id, 1, @due)
on conflict (id) do update set state = 1, due_at = excluded.due_at
