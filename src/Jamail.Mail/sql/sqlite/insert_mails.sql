-- insert_mails: one mail that waits, with its content; one that is there already stays as it is.
-- params: the columns by their names in code, with Html, Text and Headers
-- returns: its id when it was stored
insert into {t}mail_send_log (id, tenant_id, compat_id, template_id, template_version_id, template_key, template_version, locale, category,
  from_addr, to_addr, to_hash, to_domain, cc, bcc, reply_to, subject, message_id, status, status_reason, tags, metadata, batch_id, resend_of,
  attachments, wanted_provider, body_until, log_until, forced, priority, scheduled_at, expires_at, next_attempt_at, queued_at, completed_at, updated_at, job_key,
  trace, trace_state)
values (@Id, @TenantId, @CompatId, @TemplateId, @TemplateVersionId, @TemplateKey, @TemplateVersion, @Locale, @Category,
  @FromAddr, @ToAddr, @ToHash, @ToDomain, @Cc, @Bcc, @ReplyTo, @Subject, @MessageId, @Status, @StatusReason, @Tags, @Metadata, @BatchId, @ResendOf,
  @Attachments, @WantedProvider, @BodyUntil, @LogUntil, @Forced, @Priority, @ScheduledAt, @ExpiresAt, @NextAttemptAt, @QueuedAt, @CompletedAt, @QueuedAt, @JobKey,
  @Trace, @TraceState)
on conflict (id) do nothing;
insert into {t}mail_body (id, html, text, headers)
select @Id, @Html, @Text, @Headers where changes() > 0
on conflict (id) do update set html = excluded.html, text = excluded.text, headers = excluded.headers
returning id;
insert into {t}mail_job (id, state, due_at, epoch)
select @Id, @JobState, @JobDueAt, @JobEpoch where changes() > 0 and @JobState > 0
