-- 0006_refused: an endpoint whose address may not be called says so.

alter table {t}webhook_endpoint add column refused_since bigint;  -- null = its address may be called, as far as is known
