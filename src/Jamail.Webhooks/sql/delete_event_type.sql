-- delete_event_type: forgets what a tenant said about a type.
-- params: tenant, name
delete from {t}webhook_event_type where tenant_id = @tenant and name = @name
