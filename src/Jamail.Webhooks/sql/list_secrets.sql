-- list_secrets: the live secrets of an endpoint, newest first, so that the current one leads.
-- params: webhookId, now
-- returns: key_enc
select key_enc
from {t}webhook_secret
where webhook_id = @webhookId and (expires_at is null or expires_at > @now)
order by case when expires_at is null then 0 else 1 end, created_at desc
