-- lease_wanted_jobs: mails whose job the outbox is to add now, kept from others for a while.
-- A scheduled mail whose time has come is queued from here on.
-- params: now bigint, until bigint, count int
update {t}mail_send_log set status = case when status = 0 then 1 else status end
where id in (
  select id from {t}mail_job
  where state = 1 and due_at <= @now
  order by due_at
  limit @count)
returning id, job_seq as JobSeq, job_key as JobKey, case when status = 2 then 1 else 0 end as IsClaimed, template_id as TemplateId,
  to_addr as Recipient, subject, category, compat_id as CompatId, priority, coalesce(next_attempt_at, scheduled_at) as DueAt, cc, bcc, reply_to as ReplyTo, recipients_left as RecipientsLeft, attachments,
  trace as TraceParent, trace_state as TraceState,
  (select b.html from {t}mail_body b where b.id = mail_send_log.id) as html,
  (select b.headers from {t}mail_body b where b.id = mail_send_log.id) as headers;
update {t}mail_job set due_at = @until
where id in (
  select id from {t}mail_job
  where state = 1 and due_at <= @now
  order by due_at
  limit @count)
