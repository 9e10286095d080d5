-- insert_log_attachment: says that a mail carries a file that is stored.
-- params: logId text, position int, tenant text, hash bytes, fileName, contentType, contentId text null
insert into {t}mail_log_attachment (log_id, position, attachment_id, file_name, content_type, content_id)
select @logId, @position, id, @fileName, @contentType, @contentId
from {t}mail_attachment where tenant_id = @tenant and sha256 = @hash
