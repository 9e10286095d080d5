-- find_endpoint: an endpoint of a tenant, the deleted ones too.
-- params: id, tenant
-- returns: EndpointRow
select e.id as Id, e.tenant_id as TenantId, e.url as Url, e.description as Description, e.event_types as EventTypes,
  e.status as Status, e.created_at as CreatedAt, e.updated_at as UpdatedAt
from {t}webhook_endpoint e
where e.id = @id and e.tenant_id = @tenant
