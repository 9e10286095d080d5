-- delete_provider: removes a mail server.
-- params: tenant, name text
delete from {t}mail_provider where tenant_id = @tenant and name = @name
