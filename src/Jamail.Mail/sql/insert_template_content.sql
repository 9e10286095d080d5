-- insert_template_content: the sources of a version in one language.
-- params: versionId, locale, subject, html text, text, preheader, ready text null
insert into {t}mail_template_content (version_id, locale, subject, html, text, preheader, html_ready)
values (@versionId, @locale, @subject, @html, @text, @preheader, @ready)
