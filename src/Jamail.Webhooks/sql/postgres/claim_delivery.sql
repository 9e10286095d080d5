-- claim_delivery: begins attempts, unless a delivery has gone on since it was read.
-- params: ids, attempts (as they were read), tokens, untils (arrays of one length), now
-- returns: the ids of those that began
update {t}webhook_delivery d
set status = 2, attempts = d.attempts + 1, claim_token = w.token, claim_until = w.until, next_attempt_at = null, not_before = null
from unnest(@ids, @attempts, @tokens, @untils) as w(id, attempts, token, until)
where d.id = w.id and d.attempts = w.attempts
  and (d.status in (0, 3) or (d.status = 2 and (d.claim_until is null or d.claim_until <= @now)))
returning d.id
