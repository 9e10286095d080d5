-- lease_overdue_jobs: unfinished mails whose job should long have ended, and which no worker of ours holds.
-- params: now bigint, checkAt bigint, count int
with due as (
  update {t}mail_job set due_at = @checkAt
  where id in (
    select j.id from {t}mail_job j join {t}mail_send_log l on l.id = j.id
    where j.state = 2 and j.due_at <= @now and (l.status <> 2 or l.claim_until < @now)
    order by j.due_at
    limit @count
      for update of j skip locked)
  returning id)
select l.id, l.job_seq as JobSeq, l.job_key as JobKey, case when l.status = 2 then 1 else 0 end as IsClaimed, l.template_id as TemplateId,
  l.to_addr as Recipient, l.subject, l.category, l.compat_id as CompatId, l.priority, coalesce(l.next_attempt_at, l.scheduled_at) as DueAt
from due join {t}mail_send_log l on l.id = due.id
