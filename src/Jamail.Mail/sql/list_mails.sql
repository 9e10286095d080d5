-- list_mails: mails, newest first, after a cursor; a filter that is null does not restrict.
-- params: tenant text, status int null, hash bytes null, category, template, tag, batch, provider text null, since, until bigint null,
--   at bigint, id text, count int
select l.id, l.tenant_id as TenantId, l.compat_id as CompatId, l.template_id as TemplateId, l.template_key as TemplateKey,
  l.template_version as TemplateVersion, l.locale, l.category, l.from_addr as FromAddr, l.to_addr as ToAddr, l.cc, l.bcc,
  l.reply_to as ReplyTo, l.recipients_left as RecipientsLeft, l.part_left as PartLeft, l.subject, l.message_id as MessageId, l.status, l.status_reason as StatusReason, l.tags, l.metadata,
  l.batch_id as BatchId, l.resend_of as ResendOf, l.attachments, l.priority, l.scheduled_at as ScheduledAt, l.expires_at as ExpiresAt,
  l.attempts, l.claim_until as ClaimUntil, l.deferrals, l.resends, l.next_attempt_at as NextAttemptAt, l.provider, l.queued_at as QueuedAt, l.sent_at as SentAt, l.completed_at as CompletedAt,
  l.job_seq as JobSeq, l.job_key as JobKey
from {t}mail_send_log l
where l.tenant_id = @tenant
  and (@status is null or l.status = @status)
  and (@hash is null or l.to_hash = @hash)
  and (@category is null or l.category = @category)
  and (@template is null or l.template_id = @template or l.template_key = @template)
  and (@tag is null or l.tags like @tag escape '\')
  and (@batch is null or l.batch_id = @batch)
  and (@provider is null or l.provider = @provider)
  and (@since is null or l.queued_at >= @since)
  and (@until is null or l.queued_at < @until)
  and (l.queued_at < @at or (l.queued_at = @at and l.id < @id))
order by l.queued_at desc, l.id desc
limit @count
