-- lease_wanted_jobs: rows whose job the outbox is to add now, kept from others for a while.
-- A scheduled mail whose time has come is queued from here on.
-- params: now bigint, until bigint, count int
with due as (
  update {t}mail_send_log set job_due_at = @until, status = case when status = 0 then 1 else status end
  where id in (
    select id from {t}mail_send_log
    where job_state = 1 and job_due_at <= @now
    order by job_due_at
    limit @count
    for update skip locked)
  returning id, job_seq as JobSeq, job_key as JobKey, case when status = 2 then 1 else 0 end as IsClaimed, template_id as TemplateId,
  to_addr as Recipient, subject, category, compat_id as CompatId, priority, coalesce(next_attempt_at, scheduled_at) as DueAt, cc, bcc, reply_to as ReplyTo, attachments,
  trace as TraceParent, trace_state as TraceState)
select due.id, due.JobSeq, due.JobKey, due.IsClaimed, due.TemplateId, due.Recipient, due.subject, due.category, due.CompatId,
  due.priority, due.DueAt, due.cc, due.bcc, due.ReplyTo, due.attachments, due.TraceParent, due.TraceState, b.html, b.headers
from due left join {t}mail_body b on b.id = due.id
