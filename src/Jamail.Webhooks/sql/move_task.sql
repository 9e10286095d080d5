-- move_task: a task is further on, unless another host has taken it.
-- params: id, was (due_at as it was read), status, done, cursorAt, cursorId, dueAt, now
update {t}webhook_task
set status = @status, done = @done, cursor_at = @cursorAt, cursor_id = @cursorId, due_at = @dueAt, updated_at = @now
where id = @id and due_at = @was and status = 0
