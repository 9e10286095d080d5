-- list_templates: living templates, newest first, after a cursor.
-- params: tenant text, at bigint, id text, count int
select t.id, t.tenant_id as TenantId, t.key, t.name, t.category, t.current_version as Version, t.row_version as RowVersion,
  t.created_at as CreatedAt, t.updated_at as UpdatedAt, v.id as VersionId, v.engine,
  v.default_locale as DefaultLocale, v.schema, c.locale, c.subject, c.html, c.text
from {t}mail_template t
join {t}mail_template_version v on v.template_id = t.id and v.version = t.current_version
join {t}mail_template_content c on c.version_id = v.id and c.locale = v.default_locale
where t.tenant_id = @tenant and t.kind = 1 and t.archived_at is null
  and (t.created_at < @at or (t.created_at = @at and t.id < @id))
order by t.created_at desc, t.id desc
limit @count
