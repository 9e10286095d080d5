-- erase_attempts: what servers said about the mails to an address, which may name it.
-- params: tenant text, hash bytes
update {t}mail_send_attempt set reply = null where log_id in (select id from {t}mail_send_log where tenant_id = @tenant and to_hash = @hash)
