-- find_last_mail: the newest mail of a category to an address.
-- params: tenant text, hash bytes, category text
select id, tenant_id as TenantId, compat_id as CompatId, template_id as TemplateId, category, to_addr as ToAddr, to_hash as ToHash, subject,
  message_id as MessageId, status
from {t}mail_send_log
where tenant_id = @tenant and to_hash = @hash and category = @category
order by queued_at desc
limit 1
