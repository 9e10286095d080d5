-- find_suppressions: the entries of addresses, whatever they are for.
-- params: tenant text, hashes bytes[], now bigint
select id, tenant_id as TenantId, scope, address_hash as AddressHash, address, reason, source, note, created_at as CreatedAt, expires_at as ExpiresAt
from {t}mail_suppression
where tenant_id = @tenant and address_hash = any(@hashes) and (expires_at is null or expires_at > @now)
order by scope
