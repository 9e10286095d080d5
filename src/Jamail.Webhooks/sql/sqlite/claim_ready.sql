-- claim_ready: begins an attempt of a delivery for which nothing stands in the way, and whose endpoint is as the caller knows it.
-- params: id, webhookId and version (of its endpoint), token, now, until
-- returns: id, when it began
update {t}webhook_delivery
set status = 2, attempts = attempts + 1, claim_token = @token, claim_until = @until, next_attempt_at = null, not_before = null
where id = @id and webhook_id = @webhookId and status in (0, 3) and resend = 0 and (not_before is null or not_before <= @now)
  and exists (
    select 1 from {t}webhook_endpoint e
    where e.id = webhook_id and e.tenant_id = {t}webhook_delivery.tenant_id and e.status = 1 and e.version = @version)
returning id
