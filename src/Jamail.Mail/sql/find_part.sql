-- find_part: a layout or a partial in its current version.
-- params: tenant text, kind int, key text
select t.id, t.key, t.current_version as Version, t.updated_at as UpdatedAt, c.html
from {t}mail_template t
join {t}mail_template_version v on v.template_id = t.id and v.version = t.current_version
join {t}mail_template_content c on c.version_id = v.id and c.locale = v.default_locale
where t.tenant_id = @tenant and t.kind = @kind and t.key = @key and t.archived_at is null
