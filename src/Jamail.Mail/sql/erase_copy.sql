-- erase_copy: an address among the copies of a mail, which goes on to the others.
-- params: id text, cc, bcc, rest, part text null (the lists with "erased@invalid" in its place), now bigint
update {t}mail_send_log
set cc = @cc, bcc = @bcc, recipients_left = @rest, part_left = @part, smtp_text = null, status_reason = null, updated_at = @now
where id = @id
