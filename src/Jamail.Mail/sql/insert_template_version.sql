-- insert_template_version: one version; published ones are never changed.
-- params: id, templateId text, version int, status int, engine text, locale text, layout, schema, note text null, hash bytes, now bigint
insert into {t}mail_template_version (id, template_id, version, status, engine, default_locale, layout, schema, note, content_sha256, published_at, created_at)
values (@id, @templateId, @version, @status, @engine, @locale, @layout, @schema, @note, @hash, @now, @now)
