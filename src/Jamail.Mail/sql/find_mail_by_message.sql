-- find_mail_by_message: the mail with a Message-ID.
-- params: messageId text
select id from {t}mail_send_log where message_id = @messageId limit 1
