-- delete_tasks: tasks that were done long ago.
-- params: before
delete from {t}webhook_task where status = 1 and updated_at < @before
