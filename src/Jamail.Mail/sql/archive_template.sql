-- archive_template: takes a template out of use; its versions stay for the mails made with them.
-- params: id text, now bigint
update {t}mail_template set archived_at = @now, updated_at = @now, row_version = row_version + 1
where id = @id and archived_at is null
