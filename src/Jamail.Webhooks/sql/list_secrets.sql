-- list_secrets: the live secrets of an endpoint, the current one first, then the newest.
-- params: webhookId, now
-- returns: SecretRow
select key_enc as Key, expires_at as ExpiresAt
from {t}webhook_secret
where webhook_id = @webhookId and (expires_at is null or expires_at > @now)
order by case when expires_at is null then 0 else 1 end, created_at desc, id desc
