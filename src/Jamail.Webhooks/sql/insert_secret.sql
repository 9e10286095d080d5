-- insert_secret: the new current secret of an endpoint.
-- params: id, webhookId, key (protected), now
insert into {t}webhook_secret (id, webhook_id, kind, key_enc, created_at, expires_at)
values (@id, @webhookId, 1, @key, @now, null)
