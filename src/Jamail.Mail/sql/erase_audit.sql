-- erase_audit: the address of a person in what was changed about it.
-- params: tenant text, hash bytes
update {t}mail_audit set subject = '' where tenant_id = @tenant and address_hash = @hash
