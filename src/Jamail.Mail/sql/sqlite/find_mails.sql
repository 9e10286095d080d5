-- find_mails: mails with their content, for the worker, and whether the suppression list names their recipients.
-- params: ids text[], now bigint
select l.id, l.tenant_id as TenantId, l.compat_id as CompatId, l.template_id as TemplateId, l.template_version_id as TemplateVersionId,
  l.template_key as TemplateKey, l.template_version as TemplateVersion, l.locale, l.category, l.from_addr as FromAddr, l.to_addr as ToAddr,
  l.to_hash as ToHash, l.to_domain as ToDomain, l.cc, l.bcc, l.reply_to as ReplyTo, l.subject, l.message_id as MessageId, l.status,
  l.status_reason as StatusReason, l.tags, l.metadata, l.batch_id as BatchId, l.resend_of as ResendOf, l.attachments, l.wanted_provider as WantedProvider, l.forced, l.priority,
  l.scheduled_at as ScheduledAt, l.expires_at as ExpiresAt, l.attempts, l.claim_token as ClaimToken, l.claim_until as ClaimUntil, l.deferrals, l.resends, l.next_attempt_at as NextAttemptAt, l.provider, l.queued_at as QueuedAt,
  l.sent_at as SentAt, l.completed_at as CompletedAt, l.job_seq as JobSeq, l.job_key as JobKey,
  l.recipients_left as RecipientsLeft, l.part_left as PartLeft, l.doubt_since as DoubtSince,
  case when exists (
    select 1 from {t}mail_suppression s
    where s.tenant_id = l.tenant_id and s.address_hash = l.to_hash and (s.expires_at is null or s.expires_at > @now)) then 1 else 0 end as Listed,
  b.html, b.text, b.headers
from {t}mail_send_log l
left join {t}mail_body b on b.id = l.id
where l.id in @ids
