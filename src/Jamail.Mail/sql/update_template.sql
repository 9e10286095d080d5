-- update_template: points a template at its next version, unless somebody else changed it meanwhile.
-- params: id, key, name, category text, version int, rowVersion int, now bigint
update {t}mail_template
set key = @key, name = @name, category = @category, current_version = @version, row_version = row_version + 1, updated_at = @now
where id = @id and row_version = @rowVersion and archived_at is null
