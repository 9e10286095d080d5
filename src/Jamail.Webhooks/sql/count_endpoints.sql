-- count_endpoints: how many endpoints a tenant has.
-- params: tenant
-- returns: count
select count(*) from {t}webhook_endpoint where tenant_id = @tenant and status <> 5
