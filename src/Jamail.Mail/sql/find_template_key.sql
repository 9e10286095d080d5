-- find_template_key: the living template that has a key.
-- params: tenant, key text
select id from {t}mail_template where tenant_id = @tenant and key = @key and kind = 1 and archived_at is null
