-- Bulk: mails that wait in the database since enough of them wait in the queue (mail_job.state 3), and batches that were cancelled.

alter table {t}mail_batch add column cancelled_at bigint;        -- Unix ms; null: it was not
