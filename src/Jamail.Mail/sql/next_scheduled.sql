-- next_scheduled: when the next mail is due whose job is to be added; nothing when there is none.
select min(due_at) from {t}mail_job where state = 1
