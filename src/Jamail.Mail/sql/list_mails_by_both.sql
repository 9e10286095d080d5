-- list_mails_by_both: mails in one state to one address, newest first, after a cursor.
-- params: tenant text, status int, hash bytes, at bigint, id text, count int; those not named below are not used
select l.id, l.tenant_id as TenantId, l.compat_id as CompatId, l.template_id as TemplateId, l.category, l.from_addr as FromAddr,
  l.to_addr as ToAddr, l.reply_to as ReplyTo, l.subject, l.message_id as MessageId, l.status, l.status_reason as StatusReason,
  l.attempts, l.claim_until as ClaimUntil, l.queued_at as QueuedAt, l.sent_at as SentAt, l.job_seq as JobSeq, l.job_key as JobKey,
  l.deferrals, l.resends, l.priority, l.scheduled_at as ScheduledAt, l.expires_at as ExpiresAt, l.next_attempt_at as NextAttemptAt,
  l.provider, l.resend_of as ResendOf
from {t}mail_send_log l
where l.tenant_id = @tenant
  and l.status = @status and l.to_hash = @hash
  and (l.queued_at < @at or (l.queued_at = @at and l.id < @id))
order by l.queued_at desc, l.id desc
limit @count
