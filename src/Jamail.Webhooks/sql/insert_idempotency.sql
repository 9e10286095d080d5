-- insert_idempotency: keeps the answer of a call; one that has expired is replaced.
-- params: tenant, route, key, fingerprint, response, expires
insert into {t}webhook_idempotency (tenant_id, route, key, fingerprint, response, expires_at)
values (@tenant, @route, @key, @fingerprint, @response, @expires)
on conflict (tenant_id, route, key) do update
set fingerprint = excluded.fingerprint, response = excluded.response, expires_at = excluded.expires_at
