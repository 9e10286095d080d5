-- want_job: a mail wants a job of its present number; a bulk mail when there is room. In the transaction that says so in its row.
-- params: id text, due bigint (from then on)
insert into {t}mail_job (id, state, due_at)
select id, case when priority > 0 then 3 else 1 end, @due from {t}mail_send_log where id = @id
on conflict (id) do update set state = excluded.state, due_at = excluded.due_at
