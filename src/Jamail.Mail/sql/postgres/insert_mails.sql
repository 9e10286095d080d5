-- insert_mails: mails that wait, with their content, in one round trip; one that is there already stays as it is.
-- params: for each column an array, by its name in code
-- returns: the ids stored
with given as (
  select *
  from unnest(@Id, @TenantId, @CompatId, @TemplateId, @TemplateVersionId, @TemplateKey, @TemplateVersion, @Locale, @Category, @FromAddr, @ToAddr,
    @ToHash, @ToDomain, @Cc, @Bcc, @ReplyTo, @Subject, @MessageId, @Status, @StatusReason, @Tags, @Metadata, @BatchId, @ResendOf,
    @Attachments, @WantedProvider, @BodyUntil, @LogUntil, @Forced, @Priority, @ScheduledAt, @ExpiresAt, @NextAttemptAt, @QueuedAt,
    @CompletedAt, @JobState, @JobKey, @JobEpoch, @JobDueAt, @Trace, @TraceState, @Html, @Text, @Headers)
    as g(id, tenant_id, compat_id, template_id, template_version_id, template_key, template_version, locale, category, from_addr, to_addr,
      to_hash, to_domain, cc, bcc, reply_to, subject, message_id, status, status_reason, tags, metadata, batch_id, resend_of, attachments,
      wanted_provider, body_until, log_until, forced, priority, scheduled_at, expires_at, next_attempt_at, queued_at, completed_at,
      job_state, job_key, job_epoch, job_due_at, trace, trace_state, html, text, headers)),
stored as (
  insert into {t}mail_send_log (id, tenant_id, compat_id, template_id, template_version_id, template_key, template_version, locale, category, from_addr, to_addr,
    to_hash, to_domain, cc, bcc, reply_to, subject, message_id, status, status_reason, tags, metadata, batch_id, resend_of, attachments,
    wanted_provider, body_until, log_until, forced, priority, scheduled_at, expires_at, next_attempt_at, queued_at, completed_at,
    job_key, trace, trace_state, updated_at)
  select g.id, g.tenant_id, g.compat_id, g.template_id, g.template_version_id, g.template_key, g.template_version, g.locale, g.category,
    g.from_addr, g.to_addr, g.to_hash, g.to_domain, g.cc, g.bcc, g.reply_to, g.subject, g.message_id, g.status, g.status_reason, g.tags,
    g.metadata, g.batch_id, g.resend_of, g.attachments, g.wanted_provider, g.body_until, g.log_until, g.forced, g.priority, g.scheduled_at,
    g.expires_at, g.next_attempt_at, g.queued_at, g.completed_at, g.job_key, g.trace, g.trace_state,
    g.queued_at
  from given g
  on conflict (id) do nothing
  returning id),
jobs as (
  insert into {t}mail_job (id, state, due_at, epoch)
  select g.id, g.job_state, g.job_due_at, g.job_epoch from given g join stored on stored.id = g.id
  where g.job_state > 0)
insert into {t}mail_body (id, html, text, headers)
select g.id, g.html, g.text, g.headers from given g join stored on stored.id = g.id
on conflict (id) do update set html = excluded.html, text = excluded.text, headers = excluded.headers
returning id
