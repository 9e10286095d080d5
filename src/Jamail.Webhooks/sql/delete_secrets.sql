-- delete_secrets: all secrets of an endpoint.
-- params: webhookId
delete from {t}webhook_secret where webhook_id = @webhookId
