-- claim_mails: takes mails that wait, so that nobody else sends them.
-- params: ids text[], token text, until bigint, worker text, now bigint
-- returns: the ids taken
update {t}mail_send_log
set status = 2, claim_token = @token, claim_until = @until, claim_worker = @worker, attempts = attempts + 1, updated_at = @now
where id = any(@ids) and status in (1, 4)
returning id
