-- erase_mails: what is personal in the mails to an address; those that wait are cancelled.
-- params: tenant text, hash bytes, now bigint
update {t}mail_send_log
set to_addr = 'erased@invalid', cc = null, bcc = null, recipients_left = null, part_left = null, subject = '', metadata = null, tags = null, smtp_text = null, status_reason = null,
  attachments = 0, updated_at = @now,
  completed_at = case when status in (0, 1, 3, 4) then @now else completed_at end,
  status = case when status in (0, 1, 3, 4) then 12 else status end
where tenant_id = @tenant and to_hash = @hash
