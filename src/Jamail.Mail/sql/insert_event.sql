-- insert_event: something that happened to a mail and that its row does not show.
-- params: id, logId, tenant, type text, now bigint, source text, detail text null
insert into {t}mail_event (id, log_id, tenant_id, type, occurred_at, source, detail)
values (@id, @logId, @tenant, @type, @now, @source, @detail)
