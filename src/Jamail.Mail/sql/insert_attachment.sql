-- insert_attachment: the bytes of a file, unless the tenant has them already; then it is as new, so that nobody cleans it up now.
-- params: id, tenant text, hash bytes, bytes bigint, content bytes, now bigint
insert into {t}mail_attachment (id, tenant_id, sha256, bytes, content, created_at)
values (@id, @tenant, @hash, @bytes, @content, @now)
on conflict (tenant_id, sha256) do update set created_at = excluded.created_at
