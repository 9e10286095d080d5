-- insert_mail: a mail that waits; one that is there already stays as it is.
-- params: the columns by their names in code
insert into {t}mail_send_log (id, tenant_id, compat_id, template_id, template_version_id, template_key, category, from_addr, to_addr,
  to_hash, to_domain, reply_to, subject, message_id, status, queued_at, updated_at, job_state, job_key, job_epoch, job_due_at,
  priority, scheduled_at, expires_at, next_attempt_at, resend_of)
values (@Id, @TenantId, @CompatId, @TemplateId, @TemplateVersionId, @TemplateKey, @Category, @FromAddr, @ToAddr,
  @ToHash, @ToDomain, @ReplyTo, @Subject, @MessageId, @Status, @QueuedAt, @QueuedAt, @JobState, @JobKey, @JobEpoch, @JobDueAt,
  @Priority, @ScheduledAt, @ExpiresAt, @NextAttemptAt, @ResendOf)
on conflict (id) do nothing
