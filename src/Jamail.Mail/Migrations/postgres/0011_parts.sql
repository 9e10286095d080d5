-- Parts: a mail that its server took for some recipients only, and when a mail first came into doubt.

alter table {t}mail_send_log add column recipients_left text;  -- a JSON list of addresses; null: all or none have it
alter table {t}mail_send_log add column doubt_since bigint;    -- Unix ms
update {t}mail_send_log set doubt_since = updated_at where status = 9;
