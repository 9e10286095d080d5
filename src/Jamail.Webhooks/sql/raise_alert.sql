-- raise_alert: the owner is told, once for each step.
-- params: id, step
update {t}webhook_endpoint set alert_step = @step where id = @id and alert_step < @step
