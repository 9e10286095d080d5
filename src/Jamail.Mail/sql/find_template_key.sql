-- find_template_key: the living template, layout or partial that has a key.
-- params: tenant, key text, kind int
select id from {t}mail_template where tenant_id = @tenant and key = @key and kind = @kind and archived_at is null
