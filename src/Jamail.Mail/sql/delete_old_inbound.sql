-- delete_old_inbound: reports past their time.
-- params: before bigint
delete from {t}mail_inbound where received_at < @before
