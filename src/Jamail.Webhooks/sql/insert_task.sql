-- insert_task: a new task.
-- params: id, tenant, webhookId, kind, args, total, cursorAt, cursorId, dueAt, now
insert into {t}webhook_task (id, tenant_id, webhook_id, kind, args, status, total, cursor_at, cursor_id, due_at, created_at, updated_at)
values (@id, @tenant, @webhookId, @kind, @args, 0, @total, @cursorAt, @cursorId, @dueAt, @now, @now)
