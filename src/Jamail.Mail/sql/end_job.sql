-- end_job: a mail that is done wants no job. In the transaction that ended it.
-- params: id text
delete from {t}mail_job where id = @id
