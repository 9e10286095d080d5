-- lease_overdue_jobs: unfinished rows whose job should long have ended, and which no worker of ours holds.
-- params: now bigint, checkAt bigint, count int
update {t}mail_send_log set job_due_at = @checkAt
where id in (
  select id from {t}mail_send_log
  where job_state = 2 and job_due_at <= @now and (status <> 2 or claim_until < @now)
  order by job_due_at
  limit @count)
returning id, job_seq as JobSeq, job_key as JobKey, case when status = 2 then 1 else 0 end as IsClaimed, template_id as TemplateId,
  to_addr as Recipient, subject, category, compat_id as CompatId, priority, coalesce(next_attempt_at, scheduled_at) as DueAt
