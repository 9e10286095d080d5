-- release_claim: nothing was sent under the claim; the mail waits again and the attempt does not count.
-- params: id, token text, now bigint
update {t}mail_send_log
set status = case when deferrals > 0 then 3 when attempts <= 1 then 1 else 4 end, attempts = attempts - 1, claim_token = null, claim_until = null,
  claim_worker = null, updated_at = @now
where id = @id and claim_token = @token
