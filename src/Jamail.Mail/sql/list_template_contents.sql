-- list_template_contents: a version in all its languages.
-- params: versionId text
select locale, subject, html, text, preheader, html_ready as HtmlReady from {t}mail_template_content where version_id = @versionId order by locale
