-- note_recipients_left: the mail went to a part of its recipients although the claim was given up meanwhile.
-- params: id text, rest text, now bigint
update {t}mail_send_log set recipients_left = @rest, updated_at = @now
where id = @id and recipients_left is null and status not in (5, 6, 10)
