-- Choosing: the mail server that a mail was asked to go by.

alter table {t}mail_send_log add column wanted_provider text;
