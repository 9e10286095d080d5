-- leave_out_copies: a mail that is about to be sent goes without some of its copies.
-- params: id text, cc, bcc text null (JSON lists of those that stay), now bigint
update {t}mail_send_log set cc = @cc, bcc = @bcc, updated_at = @now
where id = @id and status in (0, 1, 3, 4, 9)
