-- list_audit: who read or changed the secrets of an endpoint, newest first.
-- params: webhookId, at and id (after this row), limit
-- returns: AuditRow
select a.id as Id, a.at as At, a.actor as Actor, a.action as Action
from {t}webhook_audit a
where a.webhook_id = @webhookId and (a.at < @at or (a.at = @at and a.id < @id))
order by a.at desc, a.id desc
limit @limit
