-- finish_lost_claim: the mail was accepted although the claim was given up meanwhile.
-- params: id text, now bigint
update {t}mail_send_log
set status = 5, status_reason = null, sent_at = @now, completed_at = @now, updated_at = @now, next_attempt_at = null, recipients_left = null, part_left = null,
  maybe_duplicate = case when claim_token is null then maybe_duplicate else 1 end
where id = @id and status not in (5, 6, 7, 10)
