-- delete_old_secrets: the secrets of an endpoint that are no longer the current one.
-- params: webhookId, before (those that end by then)
delete from {t}webhook_secret where webhook_id = @webhookId and expires_at is not null and expires_at <= @before
