-- insert_audit: who read or changed a secret.
-- params: id, webhookId, now, actor, action
insert into {t}webhook_audit (id, webhook_id, at, actor, action) values (@id, @webhookId, @now, @actor, @action)
