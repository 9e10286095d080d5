-- find_idempotency: the answer that a call with this key got.
-- params: tenant, route, key, now
-- returns: fingerprint, response
select fingerprint, response from {t}webhook_idempotency
where tenant_id = @tenant and route = @route and key = @key and expires_at > @now
