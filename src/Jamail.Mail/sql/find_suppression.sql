-- find_suppression: what forbids a mail to an address.
-- params: tenant text, hash bytes, category text, essential int (1: an unsubscription does not), now bigint
select id, tenant_id as TenantId, scope, address, reason, source, note, created_at as CreatedAt, expires_at as ExpiresAt
from {t}mail_suppression
where tenant_id = @tenant and address_hash = @hash and scope in ('*', @category)
  and (expires_at is null or expires_at > @now) and (@essential = 0 or reason <> 'unsubscribe')
order by scope
limit 1
