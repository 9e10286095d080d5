-- insert_audit: who changed what.
-- params: id, tenant text, now bigint, actor, action, subject text, hash bytes null (of an address), detail text null
insert into {t}mail_audit (id, tenant_id, at, actor, action, subject, address_hash, detail)
values (@id, @tenant, @now, @actor, @action, @subject, @hash, @detail)
