-- claim_delivery: begins an attempt, unless the delivery has gone on since it was read.
-- params: id, attempts (as it was read), token, now, until
-- returns: id, when it began
update {t}webhook_delivery
set status = 2, attempts = attempts + 1, claim_token = @token, claim_until = @until, next_attempt_at = null, not_before = null
where id = @id and attempts = @attempts and (status in (0, 3) or (status = 2 and (claim_until is null or claim_until <= @now)))
returning id
