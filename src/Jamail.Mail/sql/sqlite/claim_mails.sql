-- claim_mails: takes mails that wait, and those in doubt that are to be sent again, so that nobody else sends them.
-- params: ids text[], token text, until bigint, worker text, provider text, now bigint
-- returns: the ids taken
update {t}mail_send_log
set status = 2, claim_token = @token, claim_until = @until, claim_worker = @worker, provider = @provider, attempts = attempts + 1, updated_at = @now,
  next_attempt_at = null,
  resends = case when status = 9 then resends + 1 else resends end,
  maybe_duplicate = case when status = 9 then 1 else maybe_duplicate end
where id in @ids and (status in (0, 1, 3, 4) or (status = 9 and next_attempt_at <= @now))
returning id
