-- extend_claims: keeps the claims of mails that are being sent.
-- params: ids text[], worker text, until bigint
-- returns: the ids still held
update {t}mail_send_log set claim_until = @until
where id in @ids and status = 2 and claim_worker = @worker
returning id
