-- find_task: a task of a tenant.
-- params: id, tenant
-- returns: TaskRow
select id as Id, tenant_id as TenantId, webhook_id as WebhookId, kind as Kind, args as Args, status as Status, total as Total, done as Done,
  cursor_at as CursorAt, cursor_id as CursorId, due_at as DueAt, created_at as CreatedAt
from {t}webhook_task
where id = @id and tenant_id = @tenant
