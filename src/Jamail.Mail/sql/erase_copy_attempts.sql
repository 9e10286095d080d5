-- erase_copy_attempts: what servers said about a mail, which may name a copy.
-- params: id text
update {t}mail_send_attempt set reply = null where log_id = @id
