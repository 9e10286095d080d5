-- measure_bulk: how many bulk mails wait in the queue or are on their way there, counted up to a limit, and when the next one is due that is
-- held back. Those that a server put off wait by themselves and are not counted, those in doubt that are sent again are from their time on.
-- params: now bigint, soon bigint (a job that is being added is wanted until then at the latest), count int
select
  (select count(*) from (
    select 1 from {t}mail_job j join {t}mail_send_log l on l.id = j.id
    where (j.state = 2 or (j.state = 1 and j.due_at <= @soon)) and l.priority > 0
      and (l.status in (0, 1) or (l.status = 9 and l.next_attempt_at <= @now))
    limit @count) as counted) as Waiting,
  (select min(due_at) from {t}mail_job where state = 3) as NextHeldAt
