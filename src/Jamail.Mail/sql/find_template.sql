-- find_template: a living template by id or key, the id wins; in a published version and its default language.
-- params: tenant, idOrKey text, version int null (null: the current one)
select t.id, t.tenant_id as TenantId, t.key, t.name, t.category, v.version, t.row_version as RowVersion,
  t.created_at as CreatedAt, t.updated_at as UpdatedAt, v.id as VersionId, v.engine, v.default_locale as DefaultLocale, v.schema,
  c.locale, c.subject, c.html, c.text, c.html_ready as HtmlReady
from {t}mail_template t
join {t}mail_template_version v on v.template_id = t.id and v.version = coalesce(@version, t.current_version) and v.status = 1
join {t}mail_template_content c on c.version_id = v.id and c.locale = v.default_locale
where t.tenant_id = @tenant and t.kind = 1 and t.archived_at is null and (t.id = @idOrKey or t.key = @idOrKey)
order by case when t.id = @idOrKey then 0 else 1 end
limit 1
