-- want_job: a mail wants a job of its present number. In the transaction that says so in its row.
-- params: id text, due bigint, state int (1: at that time 3: from then on, when there is room for bulk)
insert into {t}mail_job (id, state, due_at) values (@id, @state, @due)
on conflict (id) do update set state = excluded.state, due_at = excluded.due_at
