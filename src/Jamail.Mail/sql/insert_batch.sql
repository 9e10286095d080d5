-- insert_batch: what a batch was.
-- params: id, tenant text, total int, now bigint
insert into {t}mail_batch (id, tenant_id, total, created_at) values (@id, @tenant, @total, @now)
