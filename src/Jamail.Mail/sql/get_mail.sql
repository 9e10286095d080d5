-- get_mail: a mail without its content, by its id or its producer's.
-- params: tenant, id text, compatId text
select l.id, l.tenant_id as TenantId, l.compat_id as CompatId, l.template_id as TemplateId, l.template_key as TemplateKey,
  l.template_version as TemplateVersion, l.locale, l.category, l.from_addr as FromAddr, l.to_addr as ToAddr, l.cc, l.bcc,
  l.reply_to as ReplyTo, l.recipients_left as RecipientsLeft, l.part_left as PartLeft, l.subject, l.message_id as MessageId, l.status, l.status_reason as StatusReason, l.tags, l.metadata,
  l.batch_id as BatchId, l.resend_of as ResendOf, l.attachments, l.priority, l.scheduled_at as ScheduledAt, l.expires_at as ExpiresAt,
  l.attempts, l.claim_until as ClaimUntil, l.deferrals, l.resends, l.next_attempt_at as NextAttemptAt, l.provider, l.queued_at as QueuedAt, l.sent_at as SentAt, l.completed_at as CompletedAt,
  l.job_seq as JobSeq, l.job_key as JobKey
from {t}mail_send_log l
where l.tenant_id = @tenant and (l.id = @id or l.compat_id = @compatId)
limit 1
