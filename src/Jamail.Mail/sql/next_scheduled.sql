-- next_scheduled: when the next scheduled mail is due; nothing when there is none.
select min(scheduled_at) from {t}mail_send_log where status = 0
