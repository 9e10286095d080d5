-- set_current_version: which version e-mails are made from. Zero rows: somebody changed the template meanwhile.
-- params: id text, version int, expected int null (the current version the caller saw), now bigint
update {t}mail_template
set current_version = @version, row_version = row_version + 1, updated_at = @now
where id = @id and archived_at is null and (@expected is null or current_version = @expected)
