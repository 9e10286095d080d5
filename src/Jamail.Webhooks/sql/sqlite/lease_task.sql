-- lease_task: takes a task that is due; others do not take it until dueAt.
-- params: now, dueAt
-- returns: TaskRow
update {t}webhook_task
set due_at = @dueAt
where id = (
  select id from {t}webhook_task
  where status = 0 and due_at <= @now
  order by due_at
  limit 1)
returning id as Id, tenant_id as TenantId, webhook_id as WebhookId, kind as Kind, args as Args, status as Status, total as Total, done as Done,
  cursor_at as CursorAt, cursor_id as CursorId, due_at as DueAt, created_at as CreatedAt
