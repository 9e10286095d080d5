-- erase_suppressions: the address of entries; their hash goes on to forbid mails.
-- params: tenant text, hash bytes
update {t}mail_suppression set address = null, note = null where tenant_id = @tenant and address_hash = @hash
