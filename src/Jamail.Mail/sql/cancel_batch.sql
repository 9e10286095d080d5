-- cancel_batch: those mails of a batch that nobody is sending will not be sent.
-- params: batch text, tenant text, reason text, now bigint
-- returns: them
update {t}mail_send_log
set status = 12, status_reason = @reason, completed_at = @now, updated_at = @now, next_attempt_at = null
where batch_id = @batch and tenant_id = @tenant and status in (0, 1, 3, 4)
returning id, tenant_id as TenantId, compat_id as CompatId, template_id as TemplateId, category, to_addr as ToAddr, subject, message_id as MessageId,
  job_seq as JobSeq, job_key as JobKey
