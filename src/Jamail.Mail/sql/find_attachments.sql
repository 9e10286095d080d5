-- find_attachments: the files of a mail in their order, with their bytes.
-- params: id text
select f.file_name as FileName, f.content_type as ContentType, f.content_id as ContentId, a.sha256, a.bytes, a.content
from {t}mail_log_attachment f
join {t}mail_attachment a on a.id = f.attachment_id
where f.log_id = @id
order by f.position
