-- list_suppressions: the list, newest first, after a cursor.
-- params: tenant text, at bigint, id text, count int
select id, tenant_id as TenantId, scope, address, reason, source, note, created_at as CreatedAt, expires_at as ExpiresAt
from {t}mail_suppression
where tenant_id = @tenant and (created_at < @at or (created_at = @at and id < @id))
order by created_at desc, id desc
limit @count
