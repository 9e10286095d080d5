-- insert_template_content: the sources of a version in one language.
-- params: versionId, subject, html text, text text null
insert into {t}mail_template_content (version_id, locale, subject, html, text)
values (@versionId, 'en', @subject, @html, @text)
