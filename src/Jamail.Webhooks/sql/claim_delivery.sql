-- claim_delivery: begins an attempt.
-- params: id, token, until
update {t}webhook_delivery
set status = 2, attempts = attempts + 1, claim_token = @token, claim_until = @until, next_attempt_at = null,
  job_due_at = @until
where id = @id
