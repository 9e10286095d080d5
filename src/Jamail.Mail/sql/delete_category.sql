-- delete_category: removes a saved category.
-- params: tenant, key text
delete from {t}mail_category where tenant_id = @tenant and key = @key
