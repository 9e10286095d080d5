-- delete_orphan_files: bytes that no mail carries any more; a day's grace for those just stored.
-- params: before bigint, count int
delete from {t}mail_attachment where id in (
  select a.id from {t}mail_attachment a
  where a.created_at < @before and not exists (select 1 from {t}mail_log_attachment f where f.attachment_id = a.id)
  limit @count) and created_at < @before
