-- 0003_remote_address: which address an attempt went to.

alter table {t}webhook_attempt add column remote_ip text;                         -- null = none was tried
