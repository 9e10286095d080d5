-- ready_template_content: what a draft becomes when it is published.
-- params: versionId, locale, ready text
update {t}mail_template_content set html_ready = @ready where version_id = @versionId and locale = @locale
