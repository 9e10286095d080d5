-- list_audit: who changed what, newest first, after a cursor.
-- params: tenant text, at bigint, id text, count int
select id, at, actor, action, subject, detail
from {t}mail_audit
where tenant_id = @tenant and (at < @at or (at = @at and id < @id))
order by at desc, id desc
limit @count
