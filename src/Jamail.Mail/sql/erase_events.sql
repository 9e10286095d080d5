-- erase_events: details of the events of the mails to an address.
-- params: tenant text, hash bytes
update {t}mail_event set detail = null where log_id in (select id from {t}mail_send_log where tenant_id = @tenant and to_hash = @hash)
