-- find_endpoint_tenant: whose endpoint it is.
-- params: id
-- returns: tenant_id
select tenant_id from {t}webhook_endpoint where id = @id
