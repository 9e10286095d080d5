-- list_template_versions: the versions of a template, newest first, or one of them.
-- params: templateId text, version int null
select v.id, v.version, v.status, v.engine, v.default_locale as DefaultLocale, v.layout, v.schema, v.note, v.created_at as CreatedAt,
  case when t.current_version = v.version and v.status = 1 then 1 else 0 end as IsCurrent
from {t}mail_template_version v
join {t}mail_template t on t.id = v.template_id
where v.template_id = @templateId and (@version is null or v.version = @version)
order by v.version desc
