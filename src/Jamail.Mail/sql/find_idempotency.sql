-- find_idempotency: the answer that a call with this key got.
-- params: tenant, route, key text, now bigint
select fingerprint, response from {t}mail_idempotency
where tenant_id = @tenant and route = @route and key = @key and expires_at > @now
