-- find_template: a living template in its current version, by id or key; the id wins.
-- params: tenant, idOrKey text
select t.id, t.tenant_id as TenantId, t.key, t.name, t.category, t.current_version as Version, t.row_version as RowVersion,
  t.created_at as CreatedAt, t.updated_at as UpdatedAt, v.id as VersionId, v.engine, c.subject, c.html, c.text
from {t}mail_template t
join {t}mail_template_version v on v.template_id = t.id and v.version = t.current_version
join {t}mail_template_content c on c.version_id = v.id and c.locale = 'en'
where t.tenant_id = @tenant and t.archived_at is null and (t.id = @idOrKey or t.key = @idOrKey)
order by case when t.id = @idOrKey then 0 else 1 end
limit 1
