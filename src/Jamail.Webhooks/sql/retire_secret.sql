-- retire_secret: the current secret of an endpoint ends when its grace does.
-- params: webhookId, expiresAt
update {t}webhook_secret set expires_at = @expiresAt where webhook_id = @webhookId and expires_at is null
