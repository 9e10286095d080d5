-- lease_wanted_jobs: mails whose job the outbox is to add now, kept from others for a while.
-- A scheduled mail whose time has come is queued from here on, unless somebody is changing it just now.
-- params: now bigint, until bigint, count int
with due as (
  update {t}mail_job set due_at = @until
  where id in (
    select id from {t}mail_job
    where state = 1 and due_at <= @now
    order by due_at
    limit @count
      for update skip locked)
  returning id),
queued as (
  update {t}mail_send_log set status = 1
  where id in (
    select l.id from due join {t}mail_send_log l on l.id = due.id
    where l.status = 0
      for update of l skip locked))
select l.id, l.job_seq as JobSeq, l.job_key as JobKey, case when l.status = 2 then 1 else 0 end as IsClaimed, l.template_id as TemplateId,
  l.to_addr as Recipient, l.subject, l.category, l.compat_id as CompatId, l.priority, coalesce(l.next_attempt_at, l.scheduled_at) as DueAt,
  l.cc, l.bcc, l.reply_to as ReplyTo, l.recipients_left as RecipientsLeft, l.attachments, l.trace as TraceParent, l.trace_state as TraceState, b.html, b.headers
from due join {t}mail_send_log l on l.id = due.id
left join {t}mail_body b on b.id = due.id
