-- insert_template_version: one immutable version.
-- params: id, templateId text, version int, engine text, hash bytes, now bigint
insert into {t}mail_template_version (id, template_id, version, engine, content_sha256, published_at, created_at)
values (@id, @templateId, @version, @engine, @hash, @now, @now)
