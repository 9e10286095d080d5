-- move_job: the present job of a mail goes on, and is looked for later.
-- params: id text, due bigint
update {t}mail_job set due_at = @due where id = @id
