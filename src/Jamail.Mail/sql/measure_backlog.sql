-- measure_backlog: when the oldest unfinished mail became due, and how many mails wait for somebody to resolve a doubt.
-- params: now bigint
select
  (select min(coalesce(next_attempt_at, scheduled_at, queued_at)) from {t}mail_send_log
    where job_state > 0 and coalesce(next_attempt_at, scheduled_at, queued_at) <= @now) as OldestDueAt,
  (select count(*) from {t}mail_send_log where status = 9) as Uncertain
