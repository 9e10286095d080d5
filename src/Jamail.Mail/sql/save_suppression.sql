-- save_suppression: enters an address, or gives its entry a new reason. What is known of the address stays known.
-- params: id, tenant, scope text, hash bytes, address text null, reason, source text, logId, note text null, now bigint, expires bigint null
insert into {t}mail_suppression (id, tenant_id, scope, address_hash, address, reason, source, log_id, note, created_at, expires_at)
values (@id, @tenant, @scope, @hash, @address, @reason, @source, @logId, @note, @now, @expires)
on conflict (tenant_id, address_hash, scope) do update
set address = coalesce(excluded.address, mail_suppression.address), reason = excluded.reason, source = excluded.source,
  log_id = excluded.log_id, note = excluded.note, expires_at = excluded.expires_at
