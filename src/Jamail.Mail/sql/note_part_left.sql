-- note_part_left: which recipients the transaction that is about to end leaves out.
-- params: id, token text, rest text null, now bigint
update {t}mail_send_log set part_left = @rest, updated_at = @now
where id = @id and claim_token = @token and status = 2
