-- find_unsettled: which of these mails are not at their end.
-- params: ids text[]
-- returns: their ids
select id from {t}mail_send_log where id in @ids and (status < 5 or status = 9)
