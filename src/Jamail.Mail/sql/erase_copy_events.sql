-- erase_copy_events: details of the events of a mail, which may name a copy.
-- params: id text
update {t}mail_event set detail = null where log_id = @id
