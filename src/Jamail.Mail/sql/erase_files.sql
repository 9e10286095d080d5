-- erase_files: the files of the mails to an address.
-- params: tenant text, hash bytes
delete from {t}mail_log_attachment where log_id in (select id from {t}mail_send_log where tenant_id = @tenant and to_hash = @hash)
