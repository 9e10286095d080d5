-- list_endpoints: the endpoints of a tenant that are not deleted, newest first.
-- params: tenant, at and id (after this row), limit
-- returns: EndpointRow
select e.id as Id, e.tenant_id as TenantId, e.url as Url, e.description as Description, e.event_types as EventTypes,
  e.status as Status, e.created_at as CreatedAt, e.updated_at as UpdatedAt
from {t}webhook_endpoint e
where e.tenant_id = @tenant and e.status <> 5
  and (e.created_at < @at or (e.created_at = @at and e.id < @id))
order by e.created_at desc, e.id desc
limit @limit
