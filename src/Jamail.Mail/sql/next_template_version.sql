-- next_template_version: the number that the next version of a template gets.
-- params: templateId text
select coalesce(max(version), 0) + 1 from {t}mail_template_version where template_id = @templateId
