-- measure_backlog: when the oldest unfinished mail became due, those left out that are held back on purpose, and how many mails wait for somebody to resolve a doubt.
-- params: now bigint
select
  (select min(coalesce(l.next_attempt_at, l.scheduled_at, l.queued_at)) from {t}mail_job j join {t}mail_send_log l on l.id = j.id
    where j.state <> 3 and coalesce(l.next_attempt_at, l.scheduled_at, l.queued_at) <= @now) as OldestDueAt,
  (select count(*) from {t}mail_send_log where in_doubt = 1) as Uncertain
