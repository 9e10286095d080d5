-- publish_template_version: a draft becomes a version.
-- params: id text, now bigint
update {t}mail_template_version set status = 1, published_at = @now where id = @id and status = 0
