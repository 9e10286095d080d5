-- give_up_expired_claim: the worker that held the mail is gone; what it sent cannot be known.
-- params: id text, reason text, now bigint
update {t}mail_send_log
set status = 9, status_reason = @reason, completed_at = @now, updated_at = @now, job_state = 0, claim_token = null, claim_until = null
where id = @id and status = 2 and claim_until < @now
