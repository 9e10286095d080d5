-- insert_template: a template without its content; a living one with the same key is an error of the unique index.
-- params: id, tenant, key text, kind int, name, category text, now bigint
insert into {t}mail_template (id, tenant_id, key, kind, name, category, current_version, created_at, updated_at)
values (@id, @tenant, @key, @kind, @name, @category, 1, @now, @now)
on conflict do nothing
